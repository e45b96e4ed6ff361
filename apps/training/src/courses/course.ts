import { Temporal } from 'temporal-polyfill';
import { DomainError, type CourseState } from '#contracts';

/** A course as its use cases hold it: locked, in their transaction. */
export interface HeldCourse {
  readonly id: string;
  readonly code: string;
  readonly planId: string;
  /** The task of the plan that it carries out. */
  readonly taskId: string | null;
  readonly state: CourseState;
  readonly version: number;
  readonly capacity: number;
  readonly minSize: number;
  readonly daysPerClass: number;
  readonly curriculum: readonly { readonly topic: string; readonly periods: number }[];
  readonly windowFrom: Temporal.PlainDate | null;
  readonly windowTo: Temporal.PlainDate | null;
}

/** First and last day on which sessions may be held; null where nothing bounds them. */
export type Window = Pick<HeldCourse, 'windowFrom' | 'windowTo'>;

/** @throws DomainError `course-ended` */
export function mustBeOpen({ code, state }: Pick<HeldCourse, 'code' | 'state'>): void {
  if (state === 'open') return;
  throw new DomainError('course-ended', `Course ${code} is ${state}: nothing more is held of it. Record another course.`, [{ state }]);
}

/** Sizes and window of a course, or of a course as it would be. @throws DomainError `size-backwards`, `window-backwards` */
export function mustMakeSense({ capacity, minSize, windowFrom, windowTo }: Window & Pick<HeldCourse, 'capacity' | 'minSize'>): void {
  if (minSize > capacity)
    throw new DomainError(
      'size-backwards',
      `At least ${String(minSize)} trainees do not fit into ${String(capacity)} places. Lower "minSize" or raise "capacity".`,
    );
  if (windowFrom && windowTo && Temporal.PlainDate.compare(windowFrom, windowTo) > 0)
    throw new DomainError('window-backwards', 'The last day of the window lies before the first. Exchange "windowFrom" and "windowTo".');
}

/** Whether a session may be held on that day, as far as the course says. */
export function isInWindow(day: Temporal.PlainDate, { windowFrom, windowTo }: Window): boolean {
  return (
    (windowFrom === null || Temporal.PlainDate.compare(day, windowFrom) >= 0) &&
    (windowTo === null || Temporal.PlainDate.compare(day, windowTo) <= 0)
  );
}

/**
 * The window of a course: what it says, and the bounds of its task where it says none. Without a task it is what it says.
 * @throws DomainError `outside-task-window`
 */
export function windowWithin(said: Window, task: (Window & { readonly code: string }) | null): Window {
  if (task === null) return { windowFrom: said.windowFrom, windowTo: said.windowTo };
  const window = { windowFrom: said.windowFrom ?? task.windowFrom, windowTo: said.windowTo ?? task.windowTo };
  for (const day of [window.windowFrom, window.windowTo]) {
    if (day === null || isInWindow(day, task)) continue;
    const [from, to] = [task.windowFrom?.toString() ?? null, task.windowTo?.toString() ?? null];
    throw new DomainError(
      'outside-task-window',
      `${day.toString()} lies outside task ${task.code}, which is carried out from ${from ?? 'any day'} to ${to ?? 'any day'}. Choose a window in it.`,
      [{ from, to }],
    );
  }
  return window;
}
