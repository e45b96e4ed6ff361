import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { UnitOfWork } from '#messaging';
import { HistoryRepository } from '../history/history.repository.js';
import { OpenObligations } from '../obligations/open-obligations.js';
import { PlanningFixture, planWith } from '../obligations/planning.int-fixture.js';
import type { Tx } from '../persistence/database.js';
import { AcceptTask } from './accept-task.js';
import { CancelTask } from './cancel-task.js';
import { ReachMilestone } from './reach-milestone.js';
import { ReportTaskProgress } from './report-task-progress.js';
import { ReturnTask } from './return-task.js';
import { TaskViews } from './task-view.repository.js';

/** Task II.2.a with two milestones of its own. */
export const PLAN_WITH_MILESTONES = planWith([
  '    output: Danh sách điểm được chọn\n',
  `    output: Danh sách điểm được chọn
    milestones:
      - { code: M1, title: Khảo sát xong, due: '2020-06-15', assumption: không nêu trong kế hoạch }
      - { code: M2, title: Chọn xong các điểm, due: '2020-06-26', seed: SEED-29 }
`,
]);

interface More {
  readonly seenVersion?: number;
}

/** Plan 100 with milestones at the beginning of June 2020, and what people do with its tasks. */
export class TasksFixture {
  private constructor(
    readonly planning: PlanningFixture,
    readonly planId: string,
  ) {}

  static async start(): Promise<TasksFixture> {
    const planning = await PlanningFixture.start('2020-06-01T07:30');
    const { planId } = await planning.import(PLAN_WITH_MILESTONES);
    return new TasksFixture(planning, planId);
  }

  task(code: string) {
    return this.planning.database.task.findFirstOrThrow({ where: { planId: this.planId, code } });
  }

  async idOf(code: string): Promise<string> {
    return (await this.task(code)).id;
  }

  async report(code: string, progress: number, more: More & { agency?: string } = {}) {
    const said = { agency: 'SCT', note: 'Đã khảo sát.', evidence: [{ text: 'Biên bản' }], ...more };
    return this.planning.get(ReportTaskProgress).execute({ taskId: await this.idOf(code), progress, ...said }, this.planning.message());
  }

  async accept(code: string, more: More = {}) {
    return this.planning.get(AcceptTask).execute({ taskId: await this.idOf(code), ...more }, this.planning.message());
  }

  async giveBack(code: string, more: More = {}) {
    const input = { taskId: await this.idOf(code), reason: 'Thiếu danh sách.', ...more };
    return this.planning.get(ReturnTask).execute(input, this.planning.message());
  }

  async reach(milestone: string, more: More & { reachedOn?: string; agency?: string } = {}) {
    const input = { taskId: await this.idOf('II.2.a'), milestone, agency: 'SCT', evidence: 'Biên bản', ...more };
    return this.planning.get(ReachMilestone).execute(input, this.planning.message());
  }

  async cancel(code: string, more: More = {}) {
    const input = { taskId: await this.idOf(code), decision: '02/TB-BCĐ', reason: 'Dịch Covid-19', ...more };
    return this.planning.get(CancelTask).execute(input, this.planning.message());
  }

  async story(code: string) {
    return this.planning.get(TaskViews).story(await this.idOf(code), this.planning.clock.now());
  }

  /** What its history tells, oldest first. */
  async told(code: string): Promise<string[]> {
    return (await this.planning.get(HistoryRepository).of(await this.idOf(code))).map((one) => one.what);
  }

  /** Something that SCT owes for a task. @returns the obligation's id */
  async owedFor(code: string): Promise<string> {
    const { planId } = this;
    const taskId = await this.idOf(code);
    const agency = async (name: string) => (await this.planning.database.agency.findFirstOrThrow({ where: { code: name } })).id;
    const obligation = {
      id: randomUUID(),
      planId,
      taskId,
      kind: 'inspection-finding' as const,
      title: 'Khắc phục',
      titleEn: 'Remedy',
      period: '',
      periodEn: '',
      window: null,
      debtorId: await agency('SCT'),
      creditorId: await agency('SNNPTNT'),
      deadline: { word: 'NO_LATER_THAN' as const, date: Temporal.PlainDate.from('2020-07-10'), roll: 'FORWARD' as const },
    };
    await this.planning.get(UnitOfWork<Tx>).run(async (tx) => {
      const opening = this.planning.get(OpenObligations);
      return opening.execute(tx, [{ ...obligation, ladder: await opening.ladder(tx, planId) }], this.planning.clock.now());
    });
    return obligation.id;
  }

  /** A dossier that gates a task, as it would come from the plan. @returns its id */
  async gate(code: string): Promise<string> {
    const id = randomUUID();
    await this.planning.sql(
      `INSERT INTO approval_dossier (id, plan_id, code, kind, title, title_en, submitter_id, approver_id, answer_within)
       SELECT $1::uuid, $2::uuid, 'TRIAL-1', 'event-plan', 'Kế hoạch chi tiết', 'Detailed plan', a.id, b.id, 5
       FROM agency a, agency b WHERE a.code = 'SNNPTNT' AND b.code = 'VPUBND'`,
      id,
      this.planId,
    );
    await this.planning.sql(`INSERT INTO dossier_gate (dossier_id, task_id) VALUES ($1::uuid, $2::uuid)`, id, await this.idOf(code));
    return id;
  }
}
