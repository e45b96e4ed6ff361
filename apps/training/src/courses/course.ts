import { Temporal } from 'temporal-polyfill';
import { DomainError, type CourseState } from '#contracts';

/** A course as its use cases hold it: locked, in their transaction. */
export interface HeldCourse {
  readonly id: string;
  readonly code: string;
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
