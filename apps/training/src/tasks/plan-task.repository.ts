import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { dateToPlain, plainToDate } from '#calendar';
import { DomainError, type PayloadOf, type TaskStatus, type taskChanged } from '#contracts';
import type { PlanTask as Row } from '../generated/prisma/client.js';
import type { Database, Tx } from '../persistence/database.js';
import type { PlanRef, PlanTask } from './plan-task.js';

@Injectable()
export class PlanTaskRepository {
  /** Keeps what planning told, unless something as new is known. Safe when two replicas do so at once. @returns whether it was newer */
  async keep(tx: Tx, told: PayloadOf<typeof taskChanged>): Promise<boolean> {
    const { taskId, version, plan, window, ...task } = told;
    const dayOf = (day: string | null) => (day === null ? null : plainToDate(Temporal.PlainDate.from(day)));
    const { title: planTitle, issuedOn, ...ref } = plan;
    const row = {
      ...task,
      ...ref,
      planTitle,
      issuedOn: plainToDate(Temporal.PlainDate.from(issuedOn)),
      windowFrom: dayOf(window.from),
      windowTo: dayOf(window.to),
      version,
    };
    const { count } = await tx.planTask.createMany({ data: [{ id: taskId, ...row }], skipDuplicates: true });
    if (count > 0) return true;
    return (await tx.planTask.updateMany({ where: { id: taskId, version: { lt: version } }, data: row })).count > 0;
  }

  /** @throws DomainError `task-not-known` */
  async read(tx: Tx, id: string): Promise<PlanTask> {
    const row = await tx.planTask.findUnique({ where: { id } });
    if (row) return taskOf(row);
    throw new DomainError('task-not-known', `No task ${id} is known here. GET /api/v1/tasks lists those of all plans.`);
  }

  /** All that are known, by id: some dozens per plan. */
  async all(database: Database): Promise<Map<string, PlanTask>> {
    return new Map((await database.planTask.findMany()).map((row) => [row.id, taskOf(row)]));
  }

  /** A task as its plan has it. @throws DomainError `task-not-known`, `task-of-another-plan` */
  async ofPlan(tx: Tx, id: string, planId: string): Promise<PlanTask> {
    const task = await this.read(tx, id);
    if (task.planId === planId) return task;
    throw new DomainError(
      'task-of-another-plan',
      `Task ${task.code} belongs to another plan. GET /api/v1/tasks?planId=${planId} lists its tasks.`,
      [{ planId: task.planId }],
    );
  }

  /** All tasks of a plan, by the document's number and day (ISO); none while the plan is not known. In order of their codes. */
  async ofDocument(tx: Tx, { number, issuedOn }: { readonly number: string; readonly issuedOn: string }): Promise<PlanTask[]> {
    const day = plainToDate(Temporal.PlainDate.from(issuedOn));
    const rows = await tx.planTask.findMany({ where: { documentNumber: number, issuedOn: day }, orderBy: { code: 'asc' } });
    return rows.map(taskOf);
  }

  /** How letters name a plan. @throws DomainError `plan-not-known` while no task of it was told of */
  async planOf(tx: Tx | Database, planId: string): Promise<PlanRef> {
    const row = await tx.planTask.findFirst({ where: { planId }, orderBy: { version: 'desc' } });
    if (!row) throw new DomainError('plan-not-known', `No plan ${planId} is known here. GET /api/v1/plans lists them.`);
    const { documentNumber, issuedOn, planTitle: title, programme, standingAgency } = row;
    return { documentNumber, issuedOn: dateToPlain(issuedOn).toString(), title, programme, standingAgency };
  }
}

function taskOf(row: Row): PlanTask {
  return {
    ...row,
    status: row.status as TaskStatus,
    windowFrom: row.windowFrom && dateToPlain(row.windowFrom),
    windowTo: row.windowTo && dateToPlain(row.windowTo),
  };
}
