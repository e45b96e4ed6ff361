import type { Temporal } from 'temporal-polyfill';
import { atLocalTime, startOfDay } from './days.js';
import type { WorkingCalendar } from './working-calendar.js';

export const deadlineWords = ['NO_LATER_THAN', 'BEFORE'] as const;
/** "Chậm nhất ngày 15": to the end of the 15th. "Trước ngày 15": to the end of the 14th. */
export type DeadlineWord = (typeof deadlineWords)[number];

export const rollPolicies = ['FORWARD', 'NONE'] as const;
/** What happens to a last day that is a day off: to the next working day (Civil Code 2015 art. 148.5), or nothing. */
export type RollPolicy = (typeof rollPolicies)[number];

export interface Deadline {
  readonly word: DeadlineWord;
  readonly date: Temporal.PlainDate;
  readonly roll: RollPolicy;
  /** `HH:mm`: on the due day the obligation is overdue from here, not from midnight. */
  readonly officeHourCutoff?: string | undefined;
}

/**
 * The last day on which the thing is in time, and the first instant at which it is not. `BEFORE` first takes the day before the written one,
 * then the result is rolled: "before Monday the 17th" ends on Sunday the 16th, which rolls to Monday.
 * @throws CalendarYearMissingError
 */
export function resolveDeadline(deadline: Deadline, calendar: WorkingCalendar): { dueOn: Temporal.PlainDate; overdueAt: Temporal.Instant } {
  const last = deadline.word === 'BEFORE' ? deadline.date.subtract({ days: 1 }) : deadline.date;
  const dueOn = deadline.roll === 'FORWARD' ? calendar.rollForward(last) : last;
  const overdueAt = deadline.officeHourCutoff ? atLocalTime(dueOn, deadline.officeHourCutoff) : startOfDay(dueOn.add({ days: 1 }));
  return { dueOn, overdueAt };
}
