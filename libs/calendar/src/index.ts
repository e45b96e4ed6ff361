/*
 * Business time: the clock, the working calendar of Viet Nam, deadline words, reporting periods and the time texts of plans. Pure but for the
 * loader of the calendar's files. Guarantees: a year without a table is an error that names it. Not here: ladders (libs/ladder), cron (libs/scheduling).
 */
export { AcceleratedClock, Clock, clockFrom, FixedClock, parseClockStart, parseSpeed, SystemClock, TIME_ZONE } from './clock.js';
export {
  atLocalTime,
  dateToPlain,
  formatDate,
  formatDateTime,
  formatLongDate,
  localDate,
  localMinutes,
  minutesOf,
  plainToDate,
  startOfDay,
  toDate,
  toInstant,
} from './days.js';
export { loadWorkingCalendar } from './calendar-files.js';
export { CalendarYearMissingError } from './day-table.js';
export {
  WorkingCalendar,
  type CalendarDay,
  type CalendarYear,
  type DayExplanation,
  type DayKind,
  type OfficeHours,
  type YearState,
} from './working-calendar.js';
export { deadlineWords, resolveDeadline, rollPolicies, type Deadline, type DeadlineWord, type RollPolicy } from './deadline.js';
export {
  leavesTimeAfterWindow,
  nominalDueDate,
  periodOf,
  periodsBetween,
  reportFrequencies,
  type ReportFrequency,
  type ReportingPeriod,
} from './period.js';
export { parseTimeText, timeTextForms, type TaskTime } from './time-text.js';
