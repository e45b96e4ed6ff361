import { Temporal } from 'temporal-polyfill';
import { localDate, resolveDeadline, startOfDay, toInstant, type WorkingCalendar } from '#calendar';
import type { HeldObligation } from './obligation.js';

/*
 * What it means that a ladder stands still (SEED-42): no step of it falls due, nothing becomes overdue, and when it goes on everything moves forward by
 * the working days that passed, never back. That deadlines move by exactly as many days is an assumption: no decision on the epidemic says how.
 */

/** Days that a ladder stood still, in working days: from its first day to the day before it goes on. */
export function workingDaysHeld(heldSince: Temporal.Instant, resumedOn: Temporal.PlainDate, calendar: WorkingCalendar): number {
  const dayBefore = localDate(heldSince).subtract({ days: 1 });
  return Math.max(0, calendar.workingDaysBetween(dayBefore, resumedOn.subtract({ days: 1 })));
}

type Deadline = Pick<HeldObligation, 'dueOn' | 'overdueAt' | 'heldSince' | 'rollPolicy' | 'officeHourCutoff'>;

/**
 * The deadline after it stood still, on the day that its ladder goes on or later. What was overdue before stays overdue since then.
 * @returns null where it does not move
 */
export function deadlineAfter(
  { dueOn, overdueAt, heldSince, rollPolicy, officeHourCutoff }: Deadline,
  resumedOn: Temporal.PlainDate,
  calendar: WorkingCalendar,
): { dueOn: Temporal.PlainDate; overdueAt: Temporal.Instant } | null {
  if (heldSince === null || Temporal.Instant.compare(overdueAt, heldSince) <= 0) return null;
  const days = workingDaysHeld(heldSince, resumedOn, calendar);
  const moved = days === 0 ? dueOn : calendar.addWorkingDays(dueOn, days);
  const soonest = calendar.rollForward(resumedOn);
  const date = Temporal.PlainDate.compare(moved, soonest) < 0 ? soonest : moved;
  if (date.equals(dueOn)) return null;
  return resolveDeadline({ word: 'NO_LATER_THAN', date, roll: rollPolicy, officeHourCutoff: officeHourCutoff ?? undefined }, calendar);
}

/** When a step that waited falls due: by the same time of day, so many working days later. */
export function stepAfter(dueAt: Temporal.Instant, days: number, calendar: WorkingCalendar): Temporal.Instant {
  if (days === 0) return dueAt;
  const day = localDate(dueAt);
  return startOfDay(calendar.addWorkingDays(day, days)).add(startOfDay(day).until(dueAt));
}

/** The moment by which lateness is judged: while a ladder stands still nothing of it becomes late. */
export function judgedAt(now: Temporal.Instant, heldSince: Temporal.Instant | null): Temporal.Instant {
  return heldSince !== null && Temporal.Instant.compare(heldSince, now) < 0 ? heldSince : now;
}

/** The same of a row. */
export function judgedAtOf({ heldSince }: { readonly heldSince: Date | null }, now: Temporal.Instant): Temporal.Instant {
  return judgedAt(now, heldSince && toInstant(heldSince));
}
