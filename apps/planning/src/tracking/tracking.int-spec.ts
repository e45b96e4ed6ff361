import { dateToPlain } from '#calendar';
import type { PayloadOf, trackObligation } from '#contracts';
import { AuditLedger } from '../obligations/audit-ledger.js';
import { ExtendObligation } from '../obligations/extend-obligation.js';
import { at, PlanningFixture, refusal } from '../obligations/planning.int-fixture.js';
import { TrackObligation } from './track-obligation.js';

type Told = PayloadOf<typeof trackObligation>;
const ID = '5f0c0b53-6f5f-4f55-9d5c-3f6f0f4b7a11';
let planning: PlanningFixture;
let nominations: Told;

beforeEach(async () => {
  planning = await PlanningFixture.start('2020-06-15T09:00');
  const { planId } = await planning.import();
  nominations = {
    obligationId: ID,
    version: 1,
    planId,
    taskId: null,
    kind: 'nomination-list',
    title: 'Danh sách cử học viên',
    titleEn: 'List of nominated trainees',
    period: 'lớp BT-01',
    periodEn: 'class BT-01',
    debtor: 'SCT',
    creditor: 'SNNPTNT',
    deadline: { word: 'NO_LATER_THAN', date: '2020-06-26' },
    state: 'open',
    reason: 'mở đăng ký',
  };
});
afterEach(() => planning.stop());

const tell = (version: number, changes: Partial<Told> = {}, message = planning.message()) =>
  planning.get(TrackObligation).execute({ ...nominations, version, ...changes }, message);
const outcome = async (version: number, changes: Partial<Told> = {}) => (await tell(version, changes)).outcome;
const now = async () => {
  const row = await planning.database.obligation.findUniqueOrThrow({ where: { id: ID }, include: { debtor: true } });
  return { state: row.state, debtor: row.debtor.code, dueOn: dateToPlain(row.dueOn).toString(), generation: row.generation };
};
const findings = async () => (await planning.get(AuditLedger).execute()).findings;

describe('what another service has owed', () => {
  it('is chased like anything else, in words that ask for no report, until it is fulfilled', async () => {
    expect(await outcome(1)).toBe('opened');
    const [mail] = (await planning.sweepAt('2020-06-19T08:00')).filter(({ obligationIds }) => obligationIds.includes(ID));
    expect(mail?.mail.items).toContainEqual(expect.objectContaining({ kind: 'nomination-list', period: 'lớp BT-01', dueOn: '2020-06-26' }));
    expect(await outcome(2, { state: 'fulfilled', reason: 'đã gửi danh sách' })).toBe('changed');
    expect(await now()).toMatchObject({ state: 'fulfilled' });
    expect((await planning.sweepAt('2020-06-25T08:00')).filter(({ obligationIds }) => obligationIds.includes(ID))).toEqual([]);
    expect(await findings()).toEqual([]);
  });

  it('ends as it was said last, in whatever order its words arrive', async () => {
    const words: Partial<Told>[] = [
      {},
      { deadline: { word: 'NO_LATER_THAN', date: '2020-07-03' }, reason: 'lớp lùi một tuần' },
      { state: 'cancelled', reason: 'lớp bị hủy' },
    ];
    for (const order of [
      [2, 1, 0],
      [1, 2, 0],
      [0, 2, 1],
      [2, 0, 1],
    ]) {
      await planning.sql(`DELETE FROM tracked_obligation`);
      await planning.sql(`DELETE FROM step WHERE obligation_id = '${ID}'`);
      await planning.sql(`DELETE FROM obligation WHERE id = '${ID}'`);
      for (const index of order) await tell(index + 1, words[index]);
      const row = await planning.database.obligation.findUnique({ where: { id: ID } });
      expect({ order, state: row?.state ?? 'never owed' }).toEqual({ order, state: order[0] === 2 ? 'never owed' : 'cancelled' });
      expect(await planning.database.step.count({ where: { obligationId: ID, state: 'pending' } })).toBe(0);
    }
  });

  it('moves to another day, also an earlier one, to another debtor, and back to being owed', async () => {
    await tell(1);
    expect(await outcome(2, { deadline: { word: 'BEFORE', date: '2020-06-25' }, reason: 'lớp sớm hơn' })).toBe('changed');
    expect(await now()).toMatchObject({ dueOn: '2020-06-24', generation: 2 });
    expect(await outcome(3, { deadline: { word: 'BEFORE', date: '2020-06-25' }, debtor: 'TTKC' })).toBe('changed');
    expect(await now()).toMatchObject({ debtor: 'TTKC', generation: 3 });
    await tell(4, { state: 'cancelled', debtor: 'TTKC' });
    expect(await outcome(5, { debtor: 'SCT', deadline: { word: 'NO_LATER_THAN', date: '2020-07-10' } })).toBe('changed');
    expect(await now()).toEqual({ state: 'open', debtor: 'SCT', dueOn: '2020-07-10', generation: 5 });
    expect(await findings()).toEqual([]);
  });

  it('keeps more time that was granted meanwhile, when nothing else is said', async () => {
    await tell(1);
    const deadline = { word: 'NO_LATER_THAN', date: '2020-07-06' } as const;
    await planning.get(ExtendObligation).execute({ obligationId: ID, deadline, reason: 'Đơn vị đề nghị.' }, planning.message());
    expect(await outcome(2)).toBe('unchanged');
    expect(await now()).toMatchObject({ dueOn: '2020-07-06' });
  });

  it('is opened once by a message that comes twice or two at once, and says what is older', async () => {
    const message = planning.message();
    const both = await Promise.all([tell(1, {}, message), tell(1, {}, message), tell(1)]);
    expect(both.map((reply) => reply.outcome).sort()).toEqual(['older', 'opened', 'opened']);
    expect(await planning.steps(ID)).toHaveLength(8);
    expect(await outcome(1, { state: 'cancelled' })).toBe('older');
  });

  it('is refused, and nothing kept, for a plan or an agency that is not there, and for a year without a calendar', async () => {
    planning.clock.set(at('2020-06-15T10:00'));
    expect(await planning.refused(() => tell(1, { debtor: 'KHONG-CO' }))).toBe('agency-not-found');
    expect(await planning.refused(() => tell(1, { planId: ID }))).toBe('plan-not-found');
    expect(await refusal(tell(1, { deadline: { word: 'BEFORE', date: '2031-01-05' } }))).toBe('calendar-year-missing');
    expect(await outcome(1)).toBe('opened');
  });
});
