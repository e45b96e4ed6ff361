import { AskExtension } from '../extensions/ask-extension.js';
import { ExtensionRepository } from '../extensions/extension.repository.js';
import { SubmitReport } from '../reports/submit-report.js';
import { AuditLedger } from '../obligations/audit-ledger.js';
import { ObligationViews } from '../obligations/obligation-view.repository.js';
import { at, PlanningFixture, planWith } from '../obligations/planning.int-fixture.js';
import { ReassignObligation } from './reassign-obligation.js';

const ID = '7b1f8a52-0b57-4a34-9d0e-6f4f3f7c1f10';
const NOWHERE = '11111111-1111-4111-8111-111111111111';
let planning: PlanningFixture;

beforeEach(async () => {
  planning = await PlanningFixture.start('2020-06-15T09:00');
});
afterEach(() => planning.stop());

/** SCTM is there and owes no report of its own. */
const NEW: readonly [string, string] = [
  '  - code: SCT\n',
  `  - code: SCTM
    name: Sở Công Thương mới
    nameEn: New Department of Industry and Trade
    shortName: Sở CT mới
    kind: DEPARTMENT
    validFrom: '2020-01-01'
    contacts:
      - { role: FOCAL, name: Nguyễn Thị Mới, email: dau-moi@sctm.hanoi.example }
    assumption: cho kiểm thử
  - code: SCT
`,
];

const reassign = async (changes: { obligationId?: string; toAgency?: string; seenVersion?: number } = {}, id?: string) =>
  planning.get(ReassignObligation).execute(
    {
      obligationId: changes.obligationId ?? (await planning.report('SCT')).obligationId,
      toAgency: 'SCTM',
      reason: 'Điều chỉnh phân công',
      decision: '1234/QĐ-UBND',
      ...changes,
    },
    planning.message(id),
  );
const story = (obligationId: string) => planning.get(ObligationViews).story(obligationId, planning.clock.now());
const findings = async () => (await planning.get(AuditLedger).execute()).findings;
const refused = async (work: () => Promise<unknown>, code: string) => {
  expect(await planning.refused(work)).toBe(code);
};
const toldOf = async (obligationId: string, local: string) => {
  const mails = (await planning.sweepAt(local)).filter(({ mail }) =>
    mail.items.some((item) => item.obligationId === obligationId && item.section === 'owes'),
  );
  return (await Promise.all(mails.map((mail) => planning.recipient(mail)))).sort();
};

/** Items for the city office's list about it: of whom, and what became of them. */
const items = async (obligationId: string) =>
  (await planning.database.preparedDocument.findMany({ where: { obligationId }, orderBy: { preparedAt: 'asc' } })).map(
    ({ content, state }) => `${(content as { debtor: { code: string } }).debtor.code} ${state}`,
  );

describe('an obligation that is reassigned', () => {
  beforeEach(() => planning.import(planWith(NEW)));

  it('is owed by the other agency by the same deadline, with its report, and the old debtor hears no more of it', async () => {
    const { id, obligationId } = await planning.report('SCT');
    expect(await reassign()).toMatchObject({ state: 'open', generation: 2, dueOn: '2020-06-17', version: 2 });
    expect(await planning.report('SCTM')).toMatchObject({ id, obligationId });
    expect(await story(obligationId)).toMatchObject({
      debtor: 'SCTM',
      creditor: 'SNNPTNT',
      dueOn: '2020-06-17',
      originalDueOn: '2020-06-17',
    });
    expect((await planning.steps(obligationId)).map(({ state, reason }) => `${state} ${reason ?? ''}`).slice(1)).toEqual(
      Array(7).fill('superseded reassigned'),
    );
    expect(await toldOf(obligationId, '2020-06-17T08:00')).toEqual(['SCTM/FOCAL']);
    expect(await findings()).toEqual([]);
    await planning.get(SubmitReport).execute({ reportId: id, note: '' }, planning.message());
    expect(await story(obligationId)).toMatchObject({ state: 'fulfilled' });
  });

  it('is told at once to whoever takes over what is overdue, and its cases begin anew', async () => {
    const { obligationId } = await planning.report('SCT');
    for (const day of ['17', '18', '19', '22', '24', '25']) await planning.sweepAt(`2020-06-${day}T08:00`);
    expect(await planning.database.escalation.count({ where: { obligationId, state: 'raised' } })).toBe(1);
    expect(await items(obligationId)).toEqual(['SCT prepared']);
    planning.clock.set(at('2020-06-26T09:00'));
    await reassign();
    expect(await planning.database.escalation.findMany({ where: { obligationId }, select: { state: true, resolution: true } })).toEqual([
      { state: 'resolved', resolution: 'reassigned' },
    ]);
    expect(await items(obligationId)).toEqual(['SCT discarded']);
    expect(await findings()).toEqual([]);
    expect(await toldOf(obligationId, '2020-06-26T09:01')).toContain('SCTM/FOCAL');
    expect(await items(obligationId)).toEqual(['SCT discarded', 'SCTM prepared']);
    expect(await findings()).toEqual([]);
  });

  it('and taken over late by the city office is a case for the standing agency: nobody is escalated to themselves [SEED-40]', async () => {
    const { obligationId } = await planning.report('SCT');
    planning.clock.set(at('2020-06-26T09:00'));
    await planning.sweepAt('2020-06-26T09:00');
    await reassign({ obligationId, toAgency: 'VPUBND' });
    expect(await toldOf(obligationId, '2020-06-26T09:01')).toEqual(['VPUBND/FOCAL', 'VPUBND/HEAD']);
    const open = await planning.database.escalation.findMany({
      where: { obligationId, state: 'raised' },
      select: { kind: true, level: true },
    });
    expect(open).toEqual([{ kind: 'overdue', level: 'standing-agency' }]);
    expect(await findings()).toEqual([]);
  });

  it('waits under a suspension since the day that it began, whoever owes it [SEED-42]', async () => {
    const { obligationId, obligation } = await planning.report('SCT');
    await planning.sql(
      `INSERT INTO suspension (id, plan_id, decision, reason, from_on, started_at, recorded_at, recorded_by) VALUES ($1::uuid, $2::uuid, '16/CT-TTg', 'Dịch bệnh', '2020-06-12', '2020-06-12T00:00Z', '2020-06-12T00:00Z', 'tester')`,
      NOWHERE,
      obligation.planId,
    );
    await planning.sql(
      `UPDATE obligation SET suspension_id = $1::uuid, held_since = '2020-06-12T00:00+07:00' WHERE id = $2::uuid`,
      NOWHERE,
      obligationId,
    );
    await planning.sql(`UPDATE step SET state = 'held' WHERE obligation_id = $1::uuid AND state = 'pending'`, obligationId);
    await reassign({ obligationId });
    expect((await planning.report('SCTM')).obligation).toMatchObject({
      suspensionId: NOWHERE,
      heldSince: new Date('2020-06-12T00:00+07:00'),
    });
    expect(new Set((await planning.steps(obligationId, 2)).map(({ state }) => state))).toEqual(new Set(['skipped', 'held']));
    expect(await findings()).toEqual([]);
  });

  it('stands in the history of both agencies, with the decision, and is told to notifications', async () => {
    const { obligationId } = await planning.report('SCT');
    await reassign();
    const agencies = await planning.database.agency.findMany({ where: { code: { in: ['SCT', 'SCTM'] } }, orderBy: { code: 'asc' } });
    const lines = await planning.database.history.findMany({ where: { subject: 'agency' }, orderBy: { id: 'asc' } });
    expect(lines).toMatchObject([
      {
        subjectId: agencies[0]?.id,
        what: 'obligation-passed-on',
        reason: 'Điều chỉnh phân công',
        detail: { obligationId, decision: '1234/QĐ-UBND' },
      },
      { subjectId: agencies[1]?.id, what: 'obligation-taken-over', detail: { fromId: agencies[0]?.id, toId: agencies[1]?.id } },
    ]);
    expect((await story(obligationId)).history.at(-1)).toMatchObject({ what: 'reassigned', reason: 'Điều chỉnh phân công' });
    const events = await planning.database.outbox.findMany({ where: { name: 'planning.obligations-settled.v1' } });
    expect(events.map(({ envelope }) => (envelope as { payload: unknown }).payload)).toMatchObject([
      { obligationIds: [obligationId], outcome: 'reassigned' },
    ]);
  });

  it('withdraws the question for more time of whoever owed it before', async () => {
    const { obligationId } = await planning.report('SCT');
    const { extensionId } = await planning
      .get(AskExtension)
      .execute({ obligationId, wishedFor: '2020-06-26', reason: 'Chờ số liệu' }, planning.message());
    await reassign();
    expect(await planning.get(ExtensionRepository).find(extensionId)).toMatchObject({
      state: 'withdrawn',
      answer: 'the obligation was reassigned before an answer',
    });
  });

  it('moves once by a message that comes twice, and to one of two agencies at once', async () => {
    const { obligationId } = await planning.report('SCT');
    const [first, second] = [await reassign({ obligationId }, ID), await reassign({ obligationId }, ID)];
    expect(second).toEqual(first);
    const outcomes = await Promise.allSettled([
      reassign({ obligationId, toAgency: 'VPUBND', seenVersion: 2 }),
      reassign({ obligationId, toAgency: 'VPDP-TW', seenVersion: 2 }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'changed-meanwhile' } });
    expect((await story(obligationId)).generation).toBe(3);
  });

  it('may not go to whoever owes it already, owes the same, is its creditor, or is not there', async () => {
    const { id: reportId, obligationId } = await planning.report('SCT');
    await refused(() => reassign({ toAgency: 'SCT' }), 'same-debtor');
    await refused(() => reassign({ toAgency: 'STC' }), 'already-owed');
    await refused(() => reassign({ toAgency: 'SNNPTNT' }), 'debtor-is-creditor');
    await refused(() => reassign({ toAgency: 'KHONGCO' }), 'agency-not-found');
    await refused(() => reassign({ toAgency: 'SNNMT' }), 'agency-not-begun');
    await refused(() => reassign({ obligationId: NOWHERE }), 'obligation-not-found');
    await refused(() => reassign({ seenVersion: 8 }), 'changed-meanwhile');
    await planning.get(SubmitReport).execute({ reportId, note: '' }, planning.message());
    await refused(() => reassign({ obligationId }), 'obligation-settled');
  });

  it('is opened for nobody anew by the nightly opening, not even when the new debtor comes to owe the same by itself', async () => {
    await reassign();
    planning.clock.set(at('2020-06-15T23:00'));
    const before = await planning.database.obligation.count({ where: { period: 'tháng 6/2020' } });
    await planning.import(planWith(NEW, ['reporters: [SCT,', 'reporters: [SCTM, SCT,']));
    await planning.openReports();
    expect(await planning.database.obligation.count({ where: { period: 'tháng 6/2020' } })).toBe(before);
  });
});

it('is refused for an agency that ended, which names its successor', async () => {
  const ended = "    shortName: Sở Công Thương\n    kind: DEPARTMENT\n    reportsTo: UBNDTP\n    validFrom: '2008-08-01'\n";
  await planning.import(planWith([ended, `${ended}    validTo: '2020-06-10'\n    successor: STC\n`]));
  const { obligationId } = await planning.report('TTKC');
  await refused(() => reassign({ obligationId, toAgency: 'SCT' }), 'agency-ended');
  await expect(reassign({ obligationId, toAgency: 'SCT' })).rejects.toThrow('its successor is STC');
});
