import type { Temporal } from 'temporal-polyfill';
import { DomainError, type TaskStatus } from '#contracts';

/** A task as its use cases hold it: locked, in their transaction. */
export interface HeldTask {
  readonly id: string;
  readonly planId: string;
  readonly code: string;
  readonly status: TaskStatus;
  readonly progress: number;
  readonly version: number;
  readonly lead: AgencyOf;
  readonly coordinators: readonly AgencyOf[];
  readonly milestones: readonly { readonly id: string; readonly code: string; readonly reachedOn: Temporal.PlainDate | null }[];
  /** Dossiers that it may not begin before, and that are not approved. */
  readonly missingApprovals: readonly { readonly dossierId: string; readonly code: string; readonly state: string }[];
}

export interface AgencyOf {
  readonly id: string;
  readonly code: string;
}

const CLOSED: Readonly<Record<Exclude<TaskStatus, 'not-started' | 'in-progress'>, string>> = {
  submitted: 'It was handed in for acceptance. The standing agency can return it, and then work goes on.',
  done: 'It was accepted and is done.',
  suspended: 'It is suspended. It goes on when the suspension ends.',
  cancelled: 'It was cancelled.',
};

/**
 * Work on it can be reported.
 * @throws DomainError `task-submitted`, `task-done`, `task-suspended`, `task-cancelled`
 */
export function mustBeUnderWay({ code, status }: Pick<HeldTask, 'code' | 'status'>): void {
  if (status === 'not-started' || status === 'in-progress') return;
  throw new DomainError(`task-${status}`, `Nothing can be reported on task ${code} now. ${CLOSED[status]}`, [{ status }]);
}

/**
 * Who may speak for a task: its lead, and the agencies that coordinate.
 * @throws DomainError `not-the-lead`
 */
export function reporterOf(task: Pick<HeldTask, 'code' | 'lead' | 'coordinators'>, agency: string): AgencyOf {
  const found = [task.lead, ...task.coordinators].find((one) => one.code === agency);
  if (found) return found;
  throw new DomainError(
    'not-the-lead',
    `${agency} neither leads task ${task.code} nor coordinates it. ${task.lead.code} leads it: let ${task.lead.code} report.`,
    [{ agency, lead: task.lead.code, coordinators: task.coordinators.map((one) => one.code) }],
  );
}

/**
 * Status after a report. The lead alone hands a task in: one agency answers for it (SEED-17).
 * @throws DomainError `not-the-lead` when a coordinating agency reports 100
 */
export function statusAfter(task: HeldTask, progress: number, reporter: AgencyOf): TaskStatus {
  if (progress < 100) return progress > 0 ? 'in-progress' : task.status;
  if (reporter.id === task.lead.id) return 'submitted';
  throw new DomainError(
    'not-the-lead',
    `At 100 per cent task ${task.code} is handed in for acceptance, and only its lead ${task.lead.code} does that. Report less, or let ${task.lead.code} report.`,
    [{ agency: reporter.code, lead: task.lead.code }],
  );
}

/**
 * Nothing is carried out before what gates it is approved (SEED-47).
 * @throws DomainError `approval-missing` naming each dossier
 */
export function mustBeApproved({ code, missingApprovals }: Pick<HeldTask, 'code' | 'missingApprovals'>): void {
  if (missingApprovals.length === 0) return;
  const named = missingApprovals.map((one) => `${one.code} (${one.state})`).join(', ');
  throw new DomainError(
    'approval-missing',
    `Task ${code} may not begin before this is approved: ${named}. Have it approved first; until then report 0 per cent and say in the note what is being prepared.`,
    missingApprovals.map((one) => ({ ...one })),
  );
}
