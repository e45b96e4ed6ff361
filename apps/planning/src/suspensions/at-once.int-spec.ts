import { dateToPlain } from '#calendar';
import type { PayloadOf, suspend } from '#contracts';
import { UnitOfWork } from '#messaging';
import { AuditLedger } from '../obligations/audit-ledger.js';
import { ExtendObligation } from '../obligations/extend-obligation.js';
import { ObligationViews } from '../obligations/obligation-view.repository.js';
import { at, PlanningFixture, planWith } from '../obligations/planning.int-fixture.js';
import type { Tx } from '../persistence/database.js';
import { ReassignObligation } from '../reassignments/reassign-obligation.js';
import { OpenReports } from '../reports/open-reports.js';
import { KeepDays } from './keep-days.js';
import { Resume } from './resume.js';
import { Suspend } from './suspend.js';

let planning: PlanningFixture;
let planId: string;

beforeEach(async () => {
  planning = await PlanningFixture.start('2020-06-15T09:00');
  ({ planId } = await planning.import());
});
afterEach(() => planning.stop());

const TASK = 'II.2.b';
const stop = (more: Partial<PayloadOf<typeof suspend>> = {}) =>
  planning.get(Suspend).execute({ planId, decision: '02/TB-BCĐ', reason: 'Phòng, chống dịch Covid-19.', ...more }, planning.message());
const goOn = (suspensionId: string) =>
  planning.get(Resume).execute({ suspensionId, decision: '10/TB-BCĐ', reason: 'Dịch đã được kiểm soát.' }, planning.message());
const keepDays = (local: string) => {
  planning.clock.set(at(local));
  return planning.get(KeepDays).execute();
};
const findings = async () => (await planning.get(AuditLedger).execute()).findings;
const due = async (agency: string) => dateToPlain((await planning.report(agency)).obligation.dueOn).toString();
const view = async (agency = 'SCT') => {
  const { obligationId } = await planning.report(agency);
  return planning.get(ObligationViews).story(obligationId, planning.clock.now());
};
/** Lets what an agency reports in June belong to a task. */
const belongs = async (agency: string, code: string) => {
  const { obligationId } = await planning.report(agency);
  await planning.sql(`UPDATE obligation SET task_id = (SELECT id FROM task WHERE code = $2) WHERE id = $1::uuid`, obligationId, code);
};

describe('suspensions of a plan and of its tasks [SEED-42]', () => {
  it('count each day once, whoever stood still under which, also when the service slept over all of them', async () => {
    await belongs('SCT', TASK);
    await belongs('UBND-SONTAY', 'II.2.c');
    const extended = {
      obligationId: (await planning.report('UBND-TAYHO')).obligationId,
      deadline: { word: 'NO_LATER_THAN', date: '2020-06-24' },
      reason: 'Chờ số liệu.',
    } as const;
    await planning.get(ExtendObligation).execute(extended, planning.message());
    await stop({ fromOn: '2020-06-18', untilOn: '2020-06-23' });
    await stop({ task: TASK, fromOn: '2020-06-16', untilOn: '2020-06-18' });
    await stop({ task: 'II.2.c', fromOn: '2020-06-16', untilOn: '2020-06-16' });
    await keepDays('2020-06-29T07:10');
    // Six days, the 16th to the 23rd without a weekend; one day and four; four alone; none, for it was overdue when the plan began to stand still.
    expect(await Promise.all(['SCT', 'UBND-SONTAY', 'UBND-TAYHO', 'TTKC'].map(due))).toEqual([
      '2020-06-25',
      '2020-06-24',
      '2020-06-30',
      '2020-06-17',
    ]);
    expect(await findings()).toEqual([]);
  });

  it('hold what stands still under one since the first day of the other, where that is earlier', async () => {
    await belongs('SCT', TASK);
    planning.clock.set(at('2020-06-18T09:00'));
    const ofTask = await stop({ task: TASK });
    expect(await view()).toMatchObject({ overdue: true, suspension: { since: '2020-06-18' } });
    const ofPlan = await stop({ fromOn: '2020-06-15' });
    expect(await view()).toMatchObject({ overdue: false, suspension: { since: '2020-06-15' } });
    await goOn(ofTask.suspensionId);
    await goOn(ofPlan.suspensionId);
    expect(await due('SCT')).toBe('2020-06-22');
    expect(await findings()).toEqual([]);
  });
});

describe('while a plan stands still', () => {
  it('whoever takes something over is told later what would have been told meanwhile', async () => {
    const { suspensionId } = await stop();
    planning.clock.set(at('2020-06-22T10:00'));
    const { obligationId } = await planning.report('SCT');
    await planning.get(ReassignObligation).execute({ obligationId, toAgency: 'VPUBND', reason: 'Phân công lại.' }, planning.message());
    planning.clock.set(at('2020-06-24T07:45'));
    await goOn(suspensionId);
    expect(await view('VPUBND')).toMatchObject({ dueOn: '2020-06-26', next: { rung: 'REMIND_2', dueAt: '2020-06-25T01:00:00Z' } });
    expect(await findings()).toEqual([]);
  });

  it('nobody is chased from the first day on, even before the schedule comes to it or to what slipped through', async () => {
    await stop({ fromOn: '2020-06-16' });
    expect(await planning.sweepAt('2020-06-16T10:00')).toEqual([]);
    await keepDays('2020-06-16T10:01');
    const { obligationId } = await planning.report('SCT');
    await planning.sql(`UPDATE obligation SET suspension_id = NULL, held_since = NULL WHERE id = $1::uuid`, obligationId);
    await planning.sql(`UPDATE step SET state = 'pending' WHERE obligation_id = $1::uuid AND state = 'held'`, obligationId);
    expect(await planning.sweepAt('2020-06-16T10:02')).toEqual([]);
    expect(await findings()).toEqual([]);
  });

  it('a task that comes into the plan stands still too, from the next morning', async () => {
    const { suspensionId } = await stop();
    const more = `  - code: II.2.f
    title: Tổng kết các điểm thí điểm
    lead: SCT
    time: Quý IV/2020
    assumption: bổ sung
`;
    await planning.import(planWith(['  - code: II.3\n', `${more}  - code: II.3\n`]));
    await keepDays('2020-06-16T00:10');
    await keepDays('2020-06-16T07:10');
    const status = async () => (await planning.database.task.findFirstOrThrow({ where: { code: 'II.2.f' } })).status;
    expect(await status()).toBe('suspended');
    await goOn(suspensionId);
    expect(await status()).toBe('not-started');
    expect((await planning.database.task.findFirstOrThrow({ where: { code: TASK } })).status).toBe('not-started');
  });
});

describe('what is opened in the very moment in which a plan goes on', () => {
  it('goes on the next morning', async () => {
    const { suspensionId } = await stop();
    planning.clock.set(at('2020-08-03T09:00'));
    await planning.get(UnitOfWork<Tx>).run(async (tx) => {
      expect(await planning.get(OpenReports).openDue(tx, planning.clock.now())).toBeGreaterThan(0);
      await goOn(suspensionId);
    });
    const { obligationId } = await planning.report('SCT', 'BC-THANG', '2020-08');
    expect((await findings()).map(({ code }) => code)).toContain('held-without-suspension');
    await keepDays('2020-08-04T00:10');
    await keepDays('2020-08-04T07:10');
    expect(await findings()).toEqual([]);
    const story = await planning.get(ObligationViews).story(obligationId, planning.clock.now());
    expect(story).toMatchObject({ state: 'open', suspension: null, next: { rung: 'REMIND_1' } });
    expect(story.history.map(({ what }) => what)).toEqual(['opened', 'resumed']);
  });
});
