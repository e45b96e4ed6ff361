import { AcknowledgeEscalation } from '../escalations/acknowledge-escalation.js';
import { ExtendObligation } from '../obligations/extend-obligation.js';
import { at, PlanningFixture, refusal } from '../obligations/planning.int-fixture.js';
import { WaiveObligation } from '../obligations/waive-obligation.js';
import { AcceptReport } from './accept-report.js';
import { ReportViews } from './report-view.repository.js';
import { ReturnReport } from './return-report.js';
import { SubmitReport } from './submit-report.js';

const NOWHERE = '11111111-1111-4111-8111-111111111111';
let planning: PlanningFixture;

beforeAll(async () => {
  planning = await PlanningFixture.start('2020-06-01T07:30');
  await planning.import();
});
afterAll(() => planning.stop());
beforeEach(() => {
  planning.clock.set(at('2020-06-01T07:30'));
});

const submit = (reportId: string, more: { seenVersion?: number; note?: string } = {}, id?: string) =>
  planning.get(SubmitReport).execute({ reportId, note: '', ...more }, planning.message(id));
const giveBack = (reportId: string, more: { seenVersion?: number; resubmitOn?: string } = {}) =>
  planning.get(ReturnReport).execute({ reportId, reason: 'Thiếu số liệu', ...more }, planning.message());
const accept = (reportId: string, more: { seenVersion?: number } = {}) =>
  planning.get(AcceptReport).execute({ reportId, ...more }, planning.message());
const waive = (obligationId: string, more: { seenVersion?: number } = {}) =>
  planning.get(WaiveObligation).execute({ obligationId, reason: 'Không phát sinh', ...more }, planning.message());
const extend = (obligationId: string, date: string, word: 'NO_LATER_THAN' | 'BEFORE' = 'NO_LATER_THAN', seenVersion?: number) =>
  planning
    .get(ExtendObligation)
    .execute(
      { obligationId, deadline: { word, date }, reason: 'Dịch bệnh', ...(seenVersion === undefined ? {} : { seenVersion }) },
      planning.message(),
    );
const seen = async (reportId: string) => planning.get(ReportViews).find(reportId);

describe('a refusal', () => {
  it('of what is not there names it', async () => {
    expect([await refusal(submit(NOWHERE)), await refusal(giveBack(NOWHERE)), await refusal(accept(NOWHERE))]).toEqual(
      Array(3).fill('report-not-found'),
    );
    expect([await refusal(waive(NOWHERE)), await refusal(extend(NOWHERE, '2020-07-01'))]).toEqual(Array(2).fill('obligation-not-found'));
  });

  it('of what somebody changed meanwhile says what it is now, and changes nothing', async () => {
    const { id, obligationId } = await planning.report('STC');
    const before = await planning.contents();
    const refusals = await Promise.all([
      refusal(submit(id, { seenVersion: 7 })),
      refusal(giveBack(id, { seenVersion: 7 })),
      refusal(accept(id, { seenVersion: 7 })),
      refusal(waive(obligationId, { seenVersion: 7 })),
      refusal(extend(obligationId, '2020-07-01', 'NO_LATER_THAN', 7)),
    ]);
    expect(refusals).toEqual(Array(5).fill('changed-meanwhile'));
    await expect(submit(id, { seenVersion: 7 })).rejects.toMatchObject({ details: [{ seenVersion: 7, version: 1, state: 'draft' }] });
    expect(await planning.contents()).toEqual(before);
  });

  it('follows from the state of the report', async () => {
    const { id } = await planning.report('TTKC');
    expect([await refusal(giveBack(id)), await refusal(accept(id))]).toEqual(Array(2).fill('report-not-submitted'));
    await submit(id);
    expect(await refusal(submit(id))).toBe('report-already-submitted');
    expect(await refusal(giveBack(id, { resubmitOn: '2020-05-29' }))).toBe('deadline-passed');
    await accept(id);
    expect([await refusal(accept(id)), await refusal(submit(id)), await refusal(giveBack(id))]).toEqual([
      'report-already-accepted',
      'report-already-submitted',
      'report-not-submitted',
    ]);
  });

  it('follows from the state of the obligation', async () => {
    const { id, obligationId } = await planning.report('UBND-TAYHO');
    await waive(obligationId);
    expect([await refusal(waive(obligationId)), await refusal(extend(obligationId, '2020-07-01')), await refusal(submit(id))]).toEqual(
      Array(3).fill('obligation-settled'),
    );
  });

  it.each([
    ['the same day', 'NO_LATER_THAN', '2020-06-17'],
    ['an earlier day', 'NO_LATER_THAN', '2020-06-10'],
    ['the day after, exclusive, which is the same day', 'BEFORE', '2020-06-18'],
  ] as const)('meets an extension to %s', async (_, word, date) => {
    const { obligationId } = await planning.report('UBND-HADONG');
    expect(await refusal(extend(obligationId, date, word))).toBe('deadline-not-later');
    expect(await planning.report('UBND-HADONG')).toMatchObject({ obligation: { generation: 1 } });
  });

  it('meets an extension that is over already', async () => {
    const { obligationId } = await planning.report('UBND-HADONG');
    planning.clock.set(at('2020-06-24T09:00'));
    expect(await refusal(extend(obligationId, '2020-06-23'))).toBe('deadline-passed');
    // One day more than the deadline, and it counts to its end.
    await expect(extend(obligationId, '2020-06-25', 'BEFORE')).resolves.toMatchObject({ dueOn: '2020-06-24', generation: 2 });
  });
});

describe('the same message', () => {
  it('has one effect and one answer, for every command', async () => {
    const { id, obligationId } = await planning.report('UBND-GIALAM');
    const twice = async <Reply>(work: (message: ReturnType<typeof planning.message>) => Promise<Reply>) => {
      const message = planning.message();
      const first = await work(message);
      const before = await planning.contents();
      expect(await work(message)).toEqual(first);
      expect(await planning.contents()).toEqual(before);
      return first;
    };
    const reportId = id;
    await twice((message) =>
      planning
        .get(ExtendObligation)
        .execute({ obligationId, deadline: { word: 'NO_LATER_THAN', date: '2020-06-19' }, reason: 'x' }, message),
    );
    await twice((message) => planning.get(SubmitReport).execute({ reportId, note: '' }, message));
    await twice((message) => planning.get(ReturnReport).execute({ reportId, reason: 'x' }, message));
    await planning.sweepAt('2020-06-23T08:00');
    const found = await planning.database.escalation.findFirstOrThrow({ where: { obligationId, kind: 'overdue' } });
    await twice((message) =>
      planning.get(AcknowledgeEscalation).execute({ escalationId: found.id, until: '2020-06-24', note: 'x' }, message),
    );
    await submit(reportId);
    await twice((message) => planning.get(AcceptReport).execute({ reportId }, message));
    const other = await planning.report('UBND-QUOCOAI');
    await twice((message) => planning.get(WaiveObligation).execute({ obligationId: other.obligationId, reason: 'x' }, message));
  });

  it('with another request is refused', async () => {
    const { id } = await planning.report('UBND-SONTAY');
    const message = { ...planning.message(), fingerprint: 'one' };
    await planning.get(SubmitReport).execute({ reportId: id, note: '' }, message);
    expect(await refusal(planning.get(SubmitReport).execute({ reportId: id, note: 'x' }, { ...message, fingerprint: 'two' }))).toBe(
      'idempotency-key-reused',
    );
  });
});

describe('late', () => {
  it('is derived from the dates: not on the last day, from the midnight after it on', async () => {
    const { id } = await planning.report('SCT');
    const lateAt = async (moment: string) => {
      planning.clock.set(at(moment));
      return (await seen(id)).late;
    };
    expect([await lateAt('2020-06-17T23:59'), await lateAt('2020-06-18T00:00')]).toEqual([false, true]);
    planning.clock.set(at('2020-06-18T09:00'));
    await expect(submit(id, { note: 'Gửi muộn' })).resolves.toMatchObject({ state: 'submitted', late: true });
    expect(await seen(id)).toMatchObject({ late: true, state: 'submitted', note: 'Gửi muộn' });
    planning.clock.set(at('2020-06-20T09:00'));
    await expect(accept(id)).resolves.toMatchObject({ state: 'accepted', late: true });
    expect(await seen(id)).toMatchObject({ late: true });
  });

  it('does not grow on what was handed in in time', async () => {
    const { id } = await planning.report('VPDP-HN');
    await expect(submit(id)).resolves.toMatchObject({ late: false });
    planning.clock.set(at('2020-07-20T09:00'));
    await expect(accept(id)).resolves.toMatchObject({ late: false });
    expect(await seen(id)).toMatchObject({ late: false });
  });
});
