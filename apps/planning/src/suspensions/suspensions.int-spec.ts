import { dateToPlain } from '#calendar';
import type { PayloadOf, suspend } from '#contracts';
import { AskExtension } from '../extensions/ask-extension.js';
import { AcknowledgeEscalation } from '../escalations/acknowledge-escalation.js';
import { AuditLedger } from '../obligations/audit-ledger.js';
import { ObligationViews } from '../obligations/obligation-view.repository.js';
import { at, PlanningFixture, refusal } from '../obligations/planning.int-fixture.js';
import { SubmitReport } from '../reports/submit-report.js';
import { CancelTask } from '../tasks/cancel-task.js';
import { ReportTaskProgress } from '../tasks/report-task-progress.js';
import { KeepDays } from './keep-days.js';
import { Resume } from './resume.js';
import { SuspensionViews } from './suspension-view.repository.js';
import { Suspend } from './suspend.js';

let planning: PlanningFixture;
let planId: string;

beforeEach(async () => {
  planning = await PlanningFixture.start('2020-06-15T09:00');
  ({ planId } = await planning.import());
});
afterEach(() => planning.stop());

/** Notice of the city's steering committee against Covid-19: what really stopped events that summer. */
const DECISION = '02/TB-BCĐ';
const stop = (more: Partial<PayloadOf<typeof suspend>> = {}, message = planning.message()) =>
  planning.get(Suspend).execute({ planId, decision: DECISION, reason: 'Phòng, chống dịch Covid-19.', ...more }, message);
const goOn = (suspensionId: string, seenVersion?: number) =>
  planning.get(Resume).execute({ suspensionId, decision: '10/TB-BCĐ', reason: 'Dịch đã được kiểm soát.', seenVersion }, planning.message());
const view = async (agency = 'SCT') => {
  const { obligationId } = await planning.report(agency);
  return planning.get(ObligationViews).story(obligationId, planning.clock.now());
};
const due = async (agency = 'SCT') => dateToPlain((await planning.report(agency)).obligation.dueOn).toString();
const findings = async () => (await planning.get(AuditLedger).execute()).findings;
const keepDays = (local: string) => {
  planning.clock.set(at(local));
  return planning.get(KeepDays).execute();
};
const task = async (code: string) => planning.database.task.findFirstOrThrow({ where: { code } });

describe('a plan that is suspended [SEED-42]', () => {
  it('chases nobody, makes nothing overdue, and moves everything forward by the working days that passed', async () => {
    expect(await due()).toBe('2020-06-17');
    const { suspensionId, obligationsHeld, tasksSuspended } = await stop();
    expect([obligationsHeld > 10, tasksSuspended > 5]).toEqual([true, true]);
    for (const day of ['16', '17', '18', '19', '22']) expect(await planning.sweepAt(`2020-06-${day}T08:00`)).toEqual([]);
    expect(await view()).toMatchObject({
      overdue: false,
      late: false,
      suspension: { suspensionId, decision: DECISION, since: '2020-06-15' },
    });
    expect((await view()).onTime).toEqual({ raw: 'late', withExtensions: 'late', withForceMajeure: 'not-yet' });
    expect(await findings()).toEqual([]);

    planning.clock.set(at('2020-06-24T07:45'));
    // Seven working days: from Monday the 15th to Tuesday the 23rd.
    expect(await goOn(suspensionId)).toMatchObject({ state: 'ended', obligationsResumed: obligationsHeld, tasksResumed: tasksSuspended });
    expect(await due()).toBe('2020-06-26');
    expect(await view()).toMatchObject({
      overdue: false,
      suspension: null,
      originalDueOn: '2020-06-17',
      next: { rung: 'REMIND_2', dueAt: '2020-06-25T01:00:00Z' },
    });
    expect(await findings()).toEqual([]);
    const shown = await planning.get(SuspensionViews).find(suspensionId);
    expect(shown).toMatchObject({ state: 'ended', resumedOn: '2020-06-24', endDecision: '10/TB-BCĐ', obligationsHeld: 0 });
    expect(shown.moved).toContainEqual(
      expect.objectContaining({ debtor: 'SCT', period: 'tháng 6/2020', from: '2020-06-17', to: '2020-06-26' }),
    );
    expect(shown.deadlinesMoved).toBe(shown.moved.length);
    expect((await planning.sweepAt('2020-06-25T08:00')).length).toBeGreaterThan(0);
    const told = (await view()).history.map(({ what, detail }) => ({ what, detail }));
    expect(told.slice(-2)).toEqual([
      { what: 'suspended', detail: { suspensionId } },
      { what: 'resumed', detail: { suspensionId, workingDays: 7, from: '2020-06-17', to: '2020-06-26' } },
    ]);
  });

  it('leaves what was overdue before overdue, and chases it on where it stopped', async () => {
    for (const day of ['16', '17', '18', '19']) await planning.sweepAt(`2020-06-${day}T08:00`);
    const { suspensionId } = await stop();
    expect(await view()).toMatchObject({ overdue: true, workingDaysLate: 2, level: 'escalated-standing' });
    expect(await planning.sweepAt('2020-06-22T08:00')).toEqual([]);
    planning.clock.set(at('2020-06-23T07:45'));
    await goOn(suspensionId);
    expect(await due()).toBe('2020-06-17');
    // The second chasing was for the 22nd; two working days passed, the 19th and the 22nd.
    expect((await view()).next).toMatchObject({ rung: 'CHASE_2', dueAt: '2020-06-24T01:00:00Z' });
    expect((await planning.sweepAt('2020-06-24T08:00')).length).toBeGreaterThan(0);
  });

  it('takes a report meanwhile as in time, and lets nothing that was sent before it say otherwise', async () => {
    const { suspensionId } = await stop();
    const settled = await planning.database.outbox.findMany({ where: { name: 'planning.obligations-settled.v1' } });
    expect(settled.map(({ envelope }) => (envelope as { payload: { outcome: string } }).payload.outcome)).toContain('suspended');
    planning.clock.set(at('2020-06-22T10:00'));
    const { reportId } = await planning.report('SCT').then(({ id }) => ({ reportId: id }));
    expect(await planning.get(SubmitReport).execute({ reportId, note: '' }, planning.message())).toMatchObject({ late: false });
    expect((await view()).onTime).toEqual({ raw: 'late', withExtensions: 'late', withForceMajeure: 'on-time' });
    planning.clock.set(at('2020-06-24T07:45'));
    await goOn(suspensionId);
    expect((await view()).state).toBe('fulfilled');
    expect(await findings()).toEqual([]);
  });

  it('waits for what somebody promised meanwhile, and tells besides nothing that stands still', async () => {
    for (const day of ['16', '17', '18', '19']) await planning.sweepAt(`2020-06-${day}T08:00`);
    const { obligationId } = await planning.report('SCT');
    const { suspensionId } = await stop();
    const escalation = await planning.database.escalation.findFirstOrThrow({ where: { obligationId, kind: 'overdue' } });
    const acknowledged = { escalationId: escalation.id, until: '2020-06-30', note: 'Đang làm việc.' };
    expect(await planning.get(AcknowledgeEscalation).execute(acknowledged, planning.message())).toMatchObject({ stepsHeld: 0 });
    planning.clock.set(at('2020-06-23T07:45'));
    await goOn(suspensionId);
    expect((await view()).next?.dueAt).toBe('2020-07-01T00:30:00Z');
  });

  it('holds what is opened and asked for meanwhile', async () => {
    await stop();
    planning.clock.set(at('2020-08-01T01:30'));
    expect(await planning.openReports()).toBeGreaterThan(0);
    const { obligationId } = await planning.report('SCT', 'BC-THANG', '2020-08');
    expect(new Set((await planning.steps(obligationId)).map(({ state }) => state))).toEqual(new Set(['held']));
    const asked = { obligationId: (await planning.report('SCT')).obligationId, wishedFor: '2020-09-14', reason: 'Chờ số liệu.' };
    await planning.get(AskExtension).execute(asked, planning.message());
    expect(await findings()).toEqual([]);
    expect(await planning.sweepAt('2020-08-10T08:00')).toEqual([]);
  });
});

describe('a task that is suspended', () => {
  const CODE = 'II.2.b';
  const progress = async (percent: number) =>
    planning
      .get(ReportTaskProgress)
      .execute({ taskId: (await task(CODE)).id, agency: 'SCT', progress: percent, note: 'Đang làm.', evidence: [] }, planning.message());

  it('takes no progress until it goes on, and then is where it was', async () => {
    await progress(30);
    const { suspensionId, tasksSuspended } = await stop({ task: CODE });
    expect(tasksSuspended).toBe(1);
    expect(await task(CODE)).toMatchObject({ status: 'suspended', decision: DECISION, progress: 30 });
    expect(await refusal(progress(40))).toBe('task-suspended');
    await goOn(suspensionId);
    expect(await task(CODE)).toMatchObject({ status: 'in-progress', decision: null });
    await progress(40);
  });

  it('stands still as long as the task or its plan does', async () => {
    await progress(30);
    const ofTask = await stop({ task: CODE });
    const ofPlan = await stop({ decision: '16/CT-TTg' });
    await goOn(ofTask.suspensionId);
    expect(await task(CODE)).toMatchObject({ status: 'suspended', decision: '16/CT-TTg' });
    const again = await stop({ task: CODE });
    await goOn(ofPlan.suspensionId);
    expect(await task(CODE)).toMatchObject({ status: 'suspended', decision: DECISION });
    expect((await task('II.2.c')).status).toBe('not-started');
    await goOn(again.suspensionId);
    expect(await task(CODE)).toMatchObject({ status: 'in-progress' });
    expect(await findings()).toEqual([]);
  });

  it('stays given up when it is cancelled meanwhile', async () => {
    const { suspensionId } = await stop({ task: CODE });
    await planning
      .get(CancelTask)
      .execute({ taskId: (await task(CODE)).id, decision: '20/QĐ-UBND', reason: 'Không còn phù hợp.' }, planning.message());
    await goOn(suspensionId);
    const { id, ...given } = await task(CODE);
    expect(given).toMatchObject({ status: 'cancelled', decision: '20/QĐ-UBND' });
    expect((await planning.database.history.findMany({ where: { subjectId: id } })).map(({ what }) => what)).toEqual([
      'suspended',
      'cancelled',
    ]);
  });
});

describe('the days of a suspension', () => {
  it('begin and end by themselves, also when the service slept over both', async () => {
    const { suspensionId, state } = await stop({ fromOn: '2020-06-16', untilOn: '2020-06-18' });
    expect(state).toBe('planned');
    expect((await view()).suspension).toBeNull();
    await keepDays('2020-06-16T00:10');
    expect((await view()).suspension).toMatchObject({ since: '2020-06-16' });
    await keepDays('2020-06-18T07:10');
    expect((await view()).suspension).not.toBeNull();
    await keepDays('2020-06-19T00:10');
    await keepDays('2020-06-19T07:10');
    expect(await planning.get(SuspensionViews).find(suspensionId)).toMatchObject({ state: 'ended', resumedOn: '2020-06-19' });
    expect(await due()).toBe('2020-06-22');
    await stop({ fromOn: '2020-06-22', untilOn: '2020-06-23' });
    await keepDays('2020-06-29T07:10');
    expect(await due()).toBe('2020-06-24');
    expect(await findings()).toEqual([]);
  });

  it('count from the first, also when the decision is written down later', async () => {
    planning.clock.set(at('2020-06-18T09:00'));
    const { suspensionId } = await stop({ fromOn: '2020-06-15' });
    expect(await view()).toMatchObject({ overdue: false, suspension: { since: '2020-06-15' } });
    await goOn(suspensionId);
    expect(await due()).toBe('2020-06-22');
  });

  it('hold in the morning what was opened in the moment in which it was written', async () => {
    await stop();
    const { obligationId } = await planning.report('SCT');
    await planning.sql(`UPDATE obligation SET suspension_id = NULL, held_since = NULL WHERE id = $1::uuid`, obligationId);
    await planning.sql(`UPDATE step SET state = 'pending' WHERE obligation_id = $1::uuid AND state = 'held'`, obligationId);
    await keepDays('2020-06-16T07:10');
    expect((await view()).suspension).toMatchObject({ since: '2020-06-15' });
    expect(await planning.sweepAt('2020-06-16T08:00')).toEqual([]);
  });

  it('that have not come are taken back', async () => {
    const { suspensionId, version } = await stop({ fromOn: '2020-07-01' });
    expect(await goOn(suspensionId, version)).toMatchObject({ state: 'withdrawn', obligationsResumed: 0 });
    await keepDays('2020-07-01T00:10');
    expect((await view()).suspension).toBeNull();
    expect(await planning.refused(() => goOn(suspensionId))).toBe('suspension-ended');
  });
});

describe('a suspension is refused, and changes nothing,', () => {
  it('for days that cannot be, for what is not there, and for what stands still already', async () => {
    const codes: unknown[] = [];
    for (const wrong of [
      { fromOn: '2020-06-20', untilOn: '2020-06-19' },
      { fromOn: '2020-05-14' },
      { fromOn: '2020-06-01', untilOn: '2020-06-14' },
      { task: 'IX.9' },
      { planId: '00000000-0000-4000-8000-000000000000' },
    ])
      codes.push(await planning.refused(() => stop(wrong)));
    expect(codes).toEqual(['ends-before-it-begins', 'before-the-plan', 'suspension-over', 'task-not-found', 'plan-not-found']);
    const { suspensionId } = await stop({ fromOn: '2020-06-12' });
    expect(await planning.refused(() => stop())).toBe('already-suspended');
    expect(await planning.refused(() => goOn(suspensionId, 1))).toBe('changed-meanwhile');
    await goOn(suspensionId);
    expect(await planning.refused(() => stop({ task: 'II.2.b', fromOn: '2020-06-12' }))).toBe('suspension-overlaps');
    expect(await planning.refused(() => goOn(suspensionId))).toBe('suspension-ended');
  });

  it('when the same message comes twice, or two at once: it stands still once', async () => {
    const message = planning.message();
    const both = await Promise.all([stop({}, message), stop({}, message)]);
    expect(new Set(both.map(({ suspensionId }) => suspensionId)).size).toBe(1);
    await goOn(both[0].suspensionId);
    const outcomes = await Promise.all([refusal(stop()), refusal(stop())]);
    expect(outcomes.sort()).toEqual(['already-suspended', 'not refused']);
    const running = await planning.database.suspension.findFirstOrThrow({ where: { endedAt: null } });
    expect((await Promise.all([refusal(goOn(running.id)), refusal(goOn(running.id))])).sort()).toEqual(['not refused', 'suspension-ended']);
  });
});
