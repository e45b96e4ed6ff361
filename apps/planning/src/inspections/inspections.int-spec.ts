import { randomUUID } from 'node:crypto';
import { listInspections, type PayloadOf, type planInspection } from '#contracts';
import { AuditLedger } from '../obligations/audit-ledger.js';
import { at, PlanningFixture, refusal } from '../obligations/planning.int-fixture.js';
import { WaiveObligation } from '../obligations/waive-obligation.js';
import { AnswerFinding } from './answer-finding.js';
import { CancelInspection } from './cancel-inspection.js';
import { CloseFinding } from './close-finding.js';
import { HoldInspection } from './hold-inspection.js';
import { InspectionViews } from './inspection-view.repository.js';
import { InspectionsConsumer } from './inspections.consumer.js';
import { PlanInspection } from './plan-inspection.js';
import { ReopenFinding } from './reopen-finding.js';

const NOWHERE = '11111111-1111-4111-8111-111111111111';
const FOUND = [
  { text: 'Điểm Bát Tràng chưa có biển hiệu.', remedy: 'Lắp biển hiệu theo mẫu.', due: '2020-07-31' },
  { text: 'Chưa có sổ theo dõi.', remedy: 'Lập sổ theo dõi.', due: '2020-08-01' },
];
let planning: PlanningFixture;
let planId: string;

beforeEach(async () => {
  planning = await PlanningFixture.start('2020-07-06T08:30');
  ({ planId } = await planning.import());
});
afterEach(() => planning.stop());

interface More {
  seenVersion?: number;
}
const visit = (more: Partial<PayloadOf<typeof planInspection>> = {}, message = planning.message()) =>
  planning.get(PlanInspection).execute({ planId, agency: 'SCT', plannedOn: '2020-07-15', ...more }, message);
const hold = (inspectionId: string, more: More & { heldOn?: string; findings?: typeof FOUND } = {}, message = planning.message()) =>
  planning.get(HoldInspection).execute({ inspectionId, summary: 'Đã kiểm tra 02 điểm.', findings: FOUND, ...more }, message);
const cancel = (inspectionId: string, more: More = {}, message = planning.message()) =>
  planning.get(CancelInspection).execute({ inspectionId, reason: 'Dịch Covid-19', ...more }, message);
const answer = (findingId: string, more: More = {}, message = planning.message()) =>
  planning.get(AnswerFinding).execute({ findingId, answer: 'Đã lắp.', ...more }, message);
const close = (findingId: string, more: More = {}, message = planning.message()) =>
  planning.get(CloseFinding).execute({ findingId, ...more }, message);
const reopen = (findingId: string, due = '2020-08-10', more: More = {}, message = planning.message()) =>
  planning.get(ReopenFinding).execute({ findingId, reason: 'Chưa đúng mẫu.', due, ...more }, message);
const story = (id: string) => planning.get(InspectionViews).story(id, planning.clock.now());
const refused = (work: () => Promise<unknown>) => planning.refused(work);
/** A visit to SCT held on the 15th, with two findings. */
async function held() {
  const { inspectionId } = await visit();
  planning.clock.set(at('2020-07-15T16:00'));
  const { findings } = await hold(inspectionId);
  return { inspectionId, first: findings[0]!, second: findings[1]! };
}
const obligation = (id: string) =>
  planning.database.obligation.findUniqueOrThrow({ where: { id }, include: { debtor: true, creditor: true, steps: true } });

describe('an inspection', () => {
  it('[SEED-43] is planned, held, and what it found is owed by the inspected agency and chased', async () => {
    const { id: taskId } = await planning.database.task.findFirstOrThrow({ where: { code: 'II.2' } });
    const { inspectionId } = await visit({ taskId });
    expect(await story(inspectionId)).toMatchObject({
      state: 'planned',
      agency: 'SCT',
      lead: 'SNNPTNT',
      task: 'II.2',
      plannedOn: '2020-07-15',
      heldOn: null,
    });
    planning.clock.set(at('2020-07-15T16:00'));
    const answer = await hold(inspectionId);
    // 1 August is a Saturday.
    expect(answer).toMatchObject({ state: 'held', version: 2, findings: [{ dueOn: '2020-07-31' }, { dueOn: '2020-08-03' }] });
    const owed = await obligation(answer.findings[0]!.obligationId);
    expect(owed).toMatchObject({
      kind: 'inspection-finding',
      taskId,
      title: 'Khắc phục tồn tại “Điểm Bát Tràng chưa có biển hiệu”',
      period: 'theo kết quả kiểm tra ngày 15/07/2020',
      debtor: { code: 'SCT' },
      creditor: { code: 'SNNPTNT' },
      state: 'open',
    });
    const mails = await planning.sweepAt('2020-08-03T08:00');
    const told = mails.flatMap((mail) => mail.mail.items).filter((item) => item.obligationId === owed.id);
    expect(told.map((item) => [item.section, item.level])).toContainEqual(['owes', 'chase-1']);
    expect(await story(inspectionId)).toMatchObject({
      heldOn: '2020-07-15',
      summary: 'Đã kiểm tra 02 điểm.',
      findings: [
        { ordinal: 1, state: 'open', obligationState: 'open', overdue: true, ...pick(FOUND[0]!) },
        { ordinal: 2, state: 'open', overdue: false },
      ],
      history: [
        { what: 'planned', actor: expect.any(String) as string },
        { what: 'held', detail: { findings: 2, heldOn: '2020-07-15' } },
      ],
    });
    expect((await planning.get(AuditLedger).execute()).findings).toEqual([]);
  });

  it('[SEED-43] of the standing agency is made by the issuer, which is owed what it finds; the city office hears of it when it is late', async () => {
    const { inspectionId } = await visit({ agency: 'SNNPTNT' });
    expect(await story(inspectionId)).toMatchObject({ agency: 'SNNPTNT', lead: 'UBNDTP' });
    planning.clock.set(at('2020-07-15T16:00'));
    const { findings } = await hold(inspectionId);
    expect(await obligation(findings[0]!.obligationId)).toMatchObject({ debtor: { code: 'SNNPTNT' }, creditor: { code: 'UBNDTP' } });
    for (const day of ['2020-07-27', '2020-07-30', '2020-07-31', '2020-08-03', '2020-08-04']) await planning.sweepAt(`${day}T08:00`);
    expect(await planning.database.escalation.findMany({ where: { obligationId: findings[0]!.obligationId } })).toMatchObject([
      { level: 'city-office', state: 'raised' },
    ]);
  });

  it('without findings obliges to nothing', async () => {
    const before = await planning.database.obligation.count();
    const { inspectionId } = await visit({ plannedOn: '2020-07-06' });
    expect(await hold(inspectionId, { findings: [] })).toMatchObject({ state: 'held', findings: [] });
    expect(await planning.database.obligation.count()).toBe(before);
  });

  it('that is cancelled says why in its history, and obliges to nothing', async () => {
    const { inspectionId } = await visit();
    expect(await cancel(inspectionId)).toMatchObject({ state: 'cancelled', version: 2 });
    expect((await story(inspectionId)).history.at(-1)).toMatchObject({ what: 'cancelled', reason: 'Dịch Covid-19' });
    expect([await refused(() => hold(inspectionId)), await refused(() => cancel(inspectionId))]).toEqual(
      Array(2).fill('inspection-not-planned'),
    );
  });

  it('cannot be planned of what is not there, of itself, of an agency that has ended, or for a day that is over', async () => {
    expect({
      plan: await refused(() => visit({ planId: NOWHERE })),
      task: await refused(() => visit({ taskId: randomUUID() })),
      agency: await refused(() => visit({ agency: 'NOBODY' })),
      lead: await refused(() => visit({ lead: 'NOBODY' })),
      itself: await refused(() => visit({ lead: 'SCT' })),
      ended: await refused(() => visit({ agency: 'UBND-TAYHO', plannedOn: '2025-07-01' })),
      over: await refused(() => visit({ plannedOn: '2020-07-05' })),
    }).toEqual({
      plan: 'plan-not-found',
      task: 'task-not-found',
      agency: 'agency-not-found',
      lead: 'agency-not-found',
      itself: 'inspects-itself',
      ended: 'agency-ended',
      over: 'day-passed',
    });
    expect(await visit({ plannedOn: '2020-07-06' })).toMatchObject({ state: 'planned' });
  });

  it('cannot be held on a day to come, nor with findings whose day is over; each of them is named', async () => {
    const { inspectionId } = await visit();
    planning.clock.set(at('2020-07-15T16:00'));
    expect(await refused(() => hold(inspectionId, { heldOn: '2020-07-16' }))).toBe('day-in-future');
    const late = [FOUND[0]!, { ...FOUND[1]!, due: '2020-07-14' }];
    expect(await refused(() => hold(inspectionId, { findings: late }))).toBe('deadline-passed');
    await expect(hold(inspectionId, { findings: late })).rejects.toMatchObject({
      details: [{ path: 'findings.1.due', message: '2020-07-14 is over' }],
    });
    await hold(inspectionId, { heldOn: '2020-07-14' });
    expect([await refused(() => hold(inspectionId)), await refused(() => cancel(inspectionId))]).toEqual(
      Array(2).fill('inspection-not-planned'),
    );
  });

  it('held by two at once is held by one, and its findings are owed once', async () => {
    const { inspectionId } = await visit();
    planning.clock.set(at('2020-07-15T16:00'));
    const outcomes = await Promise.all([1, 2].map(() => refusal(hold(inspectionId, { seenVersion: 1 }))));
    expect(outcomes.sort()).toEqual(['changed-meanwhile', 'not refused']);
    expect(await planning.database.obligation.count({ where: { kind: 'inspection-finding' } })).toBe(2);
  });
});

describe('a finding', () => {
  it('[SEED-43] that is answered is no longer chased; found wanting it is owed again by another day; taken it is closed', async () => {
    const { inspectionId, first } = await held();
    expect(await answer(first.findingId)).toMatchObject({ state: 'answered', version: 2 });
    expect(await obligation(first.obligationId)).toMatchObject({ state: 'fulfilled', settledReason: 'answered', generation: 1 });
    expect(await reopen(first.findingId)).toMatchObject({ state: 'open', dueOn: '2020-08-10', version: 3 });
    const again = await obligation(first.obligationId);
    expect(again).toMatchObject({ state: 'open', generation: 2, settledAt: null });
    expect(again.steps.filter((step) => step.generation === 2 && step.state === 'pending').length).toBeGreaterThan(0);
    await answer(first.findingId);
    expect(await close(first.findingId)).toMatchObject({ state: 'closed', version: 5 });
    expect(await obligation(first.obligationId)).toMatchObject({ state: 'fulfilled', generation: 2 });
    const { findings, history } = await story(inspectionId);
    expect(findings).toMatchObject([
      { state: 'closed', answer: 'Đã lắp.', obligationState: 'fulfilled', overdue: false },
      { state: 'open' },
    ]);
    expect(history.map((one) => one.what).slice(2)).toEqual(['finding-answered', 'finding-reopened', 'finding-answered', 'finding-closed']);
    expect(history[3]).toMatchObject({ reason: 'Chưa đúng mẫu.', detail: { findingId: first.findingId, ordinal: 1, dueOn: '2020-08-10' } });
    await planning.sweepAt('2020-07-16T08:00');
    expect((await planning.get(AuditLedger).execute()).findings).toEqual([]);
  });

  it('is refused what its state does not allow', async () => {
    const { first, second } = await held();
    expect([await refused(() => close(first.findingId)), await refused(() => reopen(first.findingId))]).toEqual(
      Array(2).fill('finding-not-answered'),
    );
    await answer(first.findingId);
    expect(await refused(() => answer(first.findingId))).toBe('finding-already-answered');
    expect(await refused(() => reopen(first.findingId, '2020-07-14'))).toBe('deadline-passed');
    await close(first.findingId);
    expect([await refused(() => close(first.findingId)), await refused(() => reopen(first.findingId))]).toEqual(
      Array(2).fill('finding-not-answered'),
    );
    await planning.get(WaiveObligation).execute({ obligationId: second.obligationId, reason: 'Không còn' }, planning.message());
    expect(await refused(() => answer(second.findingId))).toBe('obligation-settled');
    for (const work of [answer, close, reopen]) expect(await refused(() => work(NOWHERE))).toBe('finding-not-found');
    for (const work of [hold, cancel, story]) expect(await refused(() => work(NOWHERE))).toBe('inspection-not-found');
  });

  it('that somebody changed meanwhile is not changed by who has not seen it', async () => {
    const { first } = await held();
    expect(await refused(() => answer(first.findingId, { seenVersion: 7 }))).toBe('changed-meanwhile');
    const outcomes = await Promise.all([1, 2].map(() => refusal(answer(first.findingId, { seenVersion: 1 }))));
    expect(outcomes.sort()).toEqual(['changed-meanwhile', 'not refused']);
    expect(await refused(() => close(first.findingId, { seenVersion: 1 }))).toBe('changed-meanwhile');
    expect(await refused(() => reopen(first.findingId, '2020-08-10', { seenVersion: 1 }))).toBe('changed-meanwhile');
  });
});

describe('the same message', () => {
  it('has one effect and one answer, for every command', async () => {
    const twice = async <Reply>(work: (message: ReturnType<typeof planning.message>) => Promise<Reply>) => {
      const message = planning.message();
      const first = await work(message);
      const before = await planning.contents();
      expect(await work(message)).toEqual(first);
      expect(await planning.contents()).toEqual(before);
      return first;
    };
    const { inspectionId: other } = await twice((message) => visit({ agency: 'STC' }, message));
    await twice((message) => cancel(other, {}, message));
    const { inspectionId } = await visit();
    planning.clock.set(at('2020-07-15T16:00'));
    const { findings } = await twice((message) => hold(inspectionId, {}, message));
    const { findingId } = findings[0]!;
    await twice((message) => answer(findingId, {}, message));
    await twice((message) => reopen(findingId, '2020-08-10', {}, message));
    await answer(findingId);
    await twice((message) => close(findingId, {}, message));
  });
});

describe('the list of inspections', () => {
  const found = async (filter: Partial<PayloadOf<typeof listInspections>>) =>
    (await planning.get(InspectionsConsumer).list(listInspections.payload.parse({ planId, ...filter }))).items
      .map((one) => one.agency)
      .sort();

  it('is filtered by agency, state, and the state of a finding', async () => {
    await visit({ agency: 'STC' });
    const { first } = await held();
    await answer(first.findingId);
    expect(await found({})).toEqual(['SCT', 'STC']);
    expect(await found({ agency: 'STC' })).toEqual(['STC']);
    expect(await found({ state: 'held' })).toEqual(['SCT']);
    expect([await found({ finding: 'answered' }), await found({ finding: 'open' }), await found({ finding: 'closed' })]).toEqual([
      ['SCT'],
      ['SCT'],
      [],
    ]);
    expect(await found({ planId: NOWHERE })).toEqual([]);
  });
});

function pick({ text, remedy }: (typeof FOUND)[number]) {
  return { text, remedy };
}
