import type { Temporal } from 'temporal-polyfill';
import type { WorkingCalendar } from '#calendar';

/** Days off of a year are decided in the autumn before: from the first of this month they are asked for. */
const OCTOBER = 10;

/** What a day's look at the calendar leads to, in years. */
export interface CalendarFindings {
  readonly raise: readonly number[];
  readonly resolve: readonly number[];
}

/**
 * From 1 October the days off of the next year should be decided and loaded; a year that is only assumed is not. Deadlines and ladders reach into it
 * long before it begins, and they are not guessed. A case stays until its year is decided, whatever the month. Pure.
 * @param open years that have a case already
 */
export function calendarFindings(
  today: Temporal.PlainDate,
  calendar: Pick<WorkingCalendar, 'stateOf'>,
  open: readonly number[],
): CalendarFindings {
  const next = today.year + 1;
  return {
    raise: today.month >= OCTOBER && calendar.stateOf(next) !== 'decided' ? [next] : [],
    resolve: open.filter((year) => calendar.stateOf(year) === 'decided'),
  };
}
