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
  readonly windowFrom: Temporal.PlainDate | null;
  readonly windowTo: Temporal.PlainDate | null;
}

/** @throws DomainError `course-ended` */
export function mustBeOpen({ code, state }: Pick<HeldCourse, 'code' | 'state'>): void {
  if (state === 'open') return;
  throw new DomainError('course-ended', `Course ${code} is ${state}: nothing more is held of it. Record another course.`, [{ state }]);
}

/** Sizes and window of a course, or of a course as it would be. @throws DomainError `size-backwards`, `window-backwards` */
export function mustMakeSense({ capacity, minSize, windowFrom, windowTo }: Omit<HeldCourse, 'id' | 'code' | 'state' | 'version'>): void {
  if (minSize > capacity)
    throw new DomainError(
      'size-backwards',
      `At least ${String(minSize)} trainees do not fit into ${String(capacity)} places. Lower "minSize" or raise "capacity".`,
    );
  if (windowFrom && windowTo && Temporal.PlainDate.compare(windowFrom, windowTo) > 0)
    throw new DomainError('window-backwards', 'The last day of the window lies before the first. Exchange "windowFrom" and "windowTo".');
}
