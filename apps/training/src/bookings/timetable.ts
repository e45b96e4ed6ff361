import { Temporal } from 'temporal-polyfill';
import { atLocalTime, type WorkingCalendar } from '#calendar';
import { DomainError, type SessionPart } from '#contracts';
import { isInWindow, type Window } from '../courses/course.js';

/** When a session is held. */
export interface Slot {
  readonly day: Temporal.PlainDate;
  readonly part: SessionPart;
}

/** A session with all that it books. */
export interface Session extends Slot {
  readonly id: string;
  readonly topic: string;
  readonly venueId: string | null;
  readonly trainerId: string | null;
}

/** Hours of a session on the wall in Asia/Ho_Chi_Minh: an assumption, four periods each. */
const HOURS: Readonly<Record<SessionPart, readonly [from: string, to: string]>> = {
  morning: ['08:00', '11:30'],
  afternoon: ['13:30', '17:00'],
};

/** A trainer's way before and after a session: one hour between two sessions of theirs, an assumption. */
const WAY = { minutes: 30 };

/** Periods of a session (domain 4.1). */
const PERIODS = 4;

/** From when to when a session is, and from when to when its trainer can be nowhere else. */
export function timesOf({ day, part }: Slot) {
  const [from, to] = HOURS[part];
  const [startsAt, endsAt] = [atLocalTime(day, from), atLocalTime(day, to)];
  return { startsAt, endsAt, blockedFrom: startsAt.subtract(WAY), blockedTo: endsAt.add(WAY) };
}

/** A morning and an afternoon of each of `days` days from the first on: working days, or days in a row when days off count too. */
export function slotsFrom(firstDay: Temporal.PlainDate, days: number, daysOff: boolean, calendar: WorkingCalendar): Slot[] {
  return Array.from({ length: days }, (_, index) =>
    daysOff || index === 0 ? firstDay.add({ days: index }) : calendar.addWorkingDays(firstDay, index),
  ).flatMap((day) => [
    { day, part: 'morning' as const },
    { day, part: 'afternoon' as const },
  ]);
}

/** What the session of that number (from 0) begins with, by the periods of the curriculum; the last topic where they end before. */
export function topicOf(index: number, curriculum: readonly { readonly topic: string; readonly periods: number }[]): string {
  let before = index * PERIODS;
  for (const { topic, periods } of curriculum) {
    if (before < periods) return topic;
    before -= periods;
  }
  return curriculum.at(-1)?.topic ?? '';
}

/**
 * The same sessions from another first day on. The working days between them stay the same; where days off count too, the days do.
 */
export function movedTo<S extends Slot>(
  sessions: readonly S[],
  firstDay: Temporal.PlainDate,
  daysOff: boolean,
  calendar: WorkingCalendar,
): S[] {
  const days = [...new Set(sessions.map(({ day }) => day.toString()))].sort().map((day) => Temporal.PlainDate.from(day));
  const target = new Map<string, Temporal.PlainDate>();
  for (const [index, day] of days.entries()) {
    const before = days[index - 1];
    const placed = before && target.get(before.toString());
    if (!before || !placed) target.set(day.toString(), firstDay);
    else if (daysOff) target.set(day.toString(), placed.add(before.until(day)));
    else target.set(day.toString(), calendar.addWorkingDays(placed, Math.max(1, calendar.workingDaysBetween(before, day))));
  }
  return sessions.map((session) => ({ ...session, day: target.get(session.day.toString()) ?? session.day }));
}

/**
 * Every session is to come, in the window of the course, on a working day unless days off may be used, and alone at its time.
 * @throws DomainError `day-passed`, `outside-window`, `day-off`, `sessions-overlap`
 * @throws CalendarYearMissingError when a day lies in a year that the calendar does not have
 */
export function mustFit(
  sessions: readonly Slot[],
  bounds: { readonly today: Temporal.PlainDate; readonly window: Window; readonly daysOff: boolean },
  calendar: WorkingCalendar,
): void {
  const refuse = (code: string, message: string, wrong: readonly Slot[]): void => {
    if (wrong.length === 0) return;
    throw new DomainError(
      code,
      message,
      wrong.map(({ day, part }) => ({ day: day.toString(), part })),
    );
  };
  const { today, window } = bounds;
  const has = (wrong: (slot: Slot) => boolean) => sessions.filter(wrong);
  refuse(
    'day-passed',
    `These days are over. Plan them for today (${today.toString()}) or later.`,
    has(({ day }) => Temporal.PlainDate.compare(day, today) < 0),
  );
  refuse(
    'outside-window',
    `The course is held from ${window.windowFrom?.toString() ?? 'any day'} to ${window.windowTo?.toString() ?? 'any day'}. Choose other days, or change the course.`,
    has(({ day }) => !isInWindow(day, window)),
  );
  const off = has(({ day }) => !calendar.isWorkingDay(day));
  if (!bounds.daysOff) refuse('day-off', 'These are days off. Choose working days, or say in "daysOff" why days off are used.', off);
  const seen = new Set<string>();
  refuse(
    'sessions-overlap',
    'A class has one session in a morning or afternoon.',
    has(({ day, part }) => seen.size === seen.add(`${day.toString()} ${part}`).size),
  );
}
