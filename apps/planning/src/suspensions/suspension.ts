import { Temporal } from 'temporal-polyfill';
import { DomainError, type suspensionStates, type TaskStatus } from '#contracts';

export type SuspensionState = (typeof suspensionStates)[number];

/** A suspension as its use cases hold it: under the lock of its plan, in their transaction. */
export interface HeldSuspension {
  readonly id: string;
  readonly planId: string;
  /** Null: the whole plan. */
  readonly taskId: string | null;
  readonly state: SuspensionState;
  readonly decision: string;
  readonly fromOn: Temporal.PlainDate;
  readonly untilOn: Temporal.PlainDate | null;
  readonly resumedOn: Temporal.PlainDate | null;
  /** Status of each task before it stood still, by its id. */
  readonly formerStatuses: Readonly<Record<string, TaskStatus>>;
  readonly version: number;
}

/** Where its row stands. */
export function stateOf(row: { readonly startedAt: Date | null; readonly endedAt: Date | null }): SuspensionState {
  if (row.endedAt === null) return row.startedAt === null ? 'planned' : 'running';
  return row.startedAt === null ? 'withdrawn' : 'ended';
}

interface Days {
  readonly fromOn: Temporal.PlainDate;
  readonly untilOn: Temporal.PlainDate | null;
}

/**
 * Whether something may stand still on these days. Both are days of Asia/Ho_Chi_Minh and belong to it.
 * @throws DomainError `ends-before-it-begins`, `before-the-plan`, `suspension-over`
 */
export function mayStandStill({ fromOn, untilOn }: Days, planSince: Temporal.PlainDate, today: Temporal.PlainDate): void {
  if (untilOn && isBefore(untilOn, fromOn))
    throw new DomainError('ends-before-it-begins', `The last day ${untilOn.toString()} lies before the first, ${fromOn.toString()}.`);
  if (isBefore(fromOn, planSince))
    throw new DomainError('before-the-plan', `The plan takes effect on ${planSince.toString()}; nothing of it stands still before that.`);
  if (untilOn && isBefore(untilOn, today)) {
    throw new DomainError(
      'suspension-over',
      `These days were over on ${untilOn.toString()}, and what was chased on them cannot be taken back. Extend the deadlines that they concern, with force majeure as the ground.`,
    );
  }
}

/**
 * One at a time of a plan and of each task, and no day counts twice.
 * @param others every other suspension of the plan
 * @throws DomainError `already-suspended`, `suspension-overlaps`
 */
export function mustBeFree(wanted: Days & Pick<HeldSuspension, 'taskId'>, others: readonly HeldSuspension[]): void {
  const running = others.find((one) => one.taskId === wanted.taskId && (one.state === 'running' || one.state === 'planned'));
  if (running) {
    throw new DomainError(
      'already-suspended',
      `It is suspended already, by ${running.decision} from ${running.fromOn.toString()}. Resume that first, or leave it as it is.`,
      [{ suspensionId: running.id, state: running.state }],
    );
  }
  const before = others.find(
    (one) =>
      one.resumedOn &&
      (one.taskId === null || wanted.taskId === null || one.taskId === wanted.taskId) &&
      isBefore(wanted.fromOn, one.resumedOn),
  );
  if (before?.resumedOn) {
    throw new DomainError(
      'suspension-overlaps',
      `Until ${before.resumedOn.toString()} it stood still already, by ${before.decision}. Begin on ${before.resumedOn.toString()} or later, so that no day counts twice.`,
      [{ suspensionId: before.id, resumedOn: before.resumedOn.toString() }],
    );
  }
}

/** Something that a day asks to be done with a suspension. */
export interface DueDay {
  readonly id: string;
  readonly planId: string;
  readonly what: 'begin' | 'end';
  readonly on: Temporal.PlainDate;
}

/**
 * What the days of suspensions ask for until today, in the order of the days: where one ends and another begins only later, the days between them
 * count for neither, and where they overlap each day counts once. What runs begins once more, for what it does not hold yet. Pure.
 */
export function daysDue(suspensions: readonly HeldSuspension[], today: Temporal.PlainDate): DueDay[] {
  const days = suspensions.flatMap(({ id, planId, fromOn, untilOn }): DueDay[] => [
    { id, planId, what: 'begin', on: fromOn },
    ...(untilOn && isBefore(untilOn, today) ? [{ id, planId, what: 'end', on: untilOn.add({ days: 1 }) } as const] : []),
  ]);
  return days.sort((one, other) => Temporal.PlainDate.compare(one.on, other.on));
}

/** Whether a suspension also holds what belongs to this. */
export function covers(
  one: Pick<HeldSuspension, 'planId' | 'taskId'>,
  thing: { readonly planId: string; readonly taskId: string | null },
): boolean {
  return one.planId === thing.planId && (one.taskId === null || one.taskId === thing.taskId);
}

function isBefore(one: Temporal.PlainDate, other: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(one, other) < 0;
}
