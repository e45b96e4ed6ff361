import type { Temporal } from 'temporal-polyfill';
import { DomainError, type TaskStatus } from '#contracts';

/** A task of a plan, as planning told of it last. */
export interface PlanTask {
  readonly id: string;
  readonly planId: string;
  readonly code: string;
  readonly title: string;
  /** Code of the agency that leads it. */
  readonly lead: string;
  /** First and last day of the task; null where the plan says none. */
  readonly windowFrom: Temporal.PlainDate | null;
  readonly windowTo: Temporal.PlainDate | null;
  readonly status: TaskStatus;
  readonly approved: boolean;
}

/** A plan as letters name it, and who answers for it. */
export interface PlanRef {
  readonly documentNumber: string;
  /** ISO date. */
  readonly issuedOn: string;
  readonly title: string;
  readonly programme: string;
  /** Code of the standing agency. */
  readonly standingAgency: string;
}

/** Work on a task goes on: classes may be held for it. @throws DomainError `approval-missing`, `task-suspended`, `task-cancelled`, `task-done` */
export function mustBeUnderWay({ code, status, approved }: Pick<PlanTask, 'code' | 'status' | 'approved'>): void {
  if (status === 'suspended' || status === 'cancelled' || status === 'done')
    throw new DomainError(`task-${status}`, `Task ${code} is ${status}: nothing can be held for it now.`, [{ status }]);
  if (!approved)
    throw new DomainError('approval-missing', `Task ${code} waits for an approval: nothing can be held for it before. See its dossiers.`);
}

/** Whether nobody is asked or told to come to what is held for a task: it was suspended or given up by a decision, or waits for an approval. */
export function standsStill({ status, approved }: Pick<PlanTask, 'status' | 'approved'>): boolean {
  return status === 'suspended' || status === 'cancelled' || !approved;
}

/** Refusals of {@link mustGoOn}: schedules take them for a time that has not come. */
export const standstills: ReadonlySet<string> = new Set(['task-suspended', 'task-cancelled', 'approval-missing']);

/** Somebody may be asked or told to come to what is held for a task; null for what is held for none. @throws DomainError `task-suspended`, `task-cancelled`, `approval-missing` */
export function mustGoOn(task: PlanTask | null): void {
  if (task && standsStill(task)) mustBeUnderWay(task);
}
