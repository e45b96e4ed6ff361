import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { atLocalTime, startOfDay, type WorkingCalendar } from '#calendar';
import type { ClassState, SessionPart } from '#contracts';
import type { AgencyNames } from '../agencies/agency.js';
import type { Facts } from '../announcements/class-facts.repository.js';

/** What stands above a list of people: where and when they are taught, and by whom. */
export interface RosterFacts {
  readonly venueId: string | null;
  readonly sessions: readonly {
    readonly sessionId: string;
    /** ISO date. */
    readonly day: string;
    readonly part: SessionPart;
    readonly topic: string;
    readonly trainerId: string | null;
  }[];
}

/** One version of a roster, as it was made. It never changes; what is different makes the next one. */
export interface Roster {
  readonly version: number;
  readonly madeAt: Temporal.Instant;
  /** In the order of the list. */
  readonly enrolmentIds: readonly string[];
  readonly facts: RosterFacts;
  readonly digest: string;
}

export interface RosterDelta {
  readonly joined: number;
  readonly left: number;
  readonly changed: ('venue' | 'sessions' | 'trainers')[];
}

/** Working days before the first session at which a roster is locked (domain 4.6, a proposal). */
export const LOCK_BEFORE = 5;
/** And at which trainers are sent it, with the hour. */
const SEND_BEFORE = 2;
const SEND_AT = '09:00';
/** Working days after the last session on which a trainer's link still opens: for attendance that comes late. An assumption. */
const LINK_AFTER = 5;

const locked: ReadonlySet<ClassState> = new Set(['roster-locked', 'notified', 'in-progress']);
const shown: ReadonlySet<ClassState> = new Set([...locked, 'completed', 'certified', 'reported']);

/** Agencies that stand above a list: whoever answers for the plan, and who holds the course. */
export function issuerOf(
  { standingAgency, leadAgency }: Pick<Facts, 'standingAgency' | 'leadAgency'>,
  names: ReadonlyMap<string, AgencyNames>,
): { superior: string; name: string } {
  return { superior: names.get(standingAgency)?.name ?? standingAgency, name: names.get(leadAgency)?.name ?? leadAgency };
}

/** A class whose roster stands, and is to be told when it changes. */
export const isLocked = (state: ClassState): boolean => locked.has(state);

/** A class whose trainers may see their roster. */
export const isShown = (state: ClassState): boolean => shown.has(state);

/** Whether it is time to lock the roster of a class whose first session is on that day. */
export function isTimeToLock(firstDay: Temporal.PlainDate, today: Temporal.PlainDate, calendar: WorkingCalendar): boolean {
  return Temporal.PlainDate.compare(today, firstDay) < 0 && calendar.workingDaysBetween(today, firstDay) <= LOCK_BEFORE;
}

/** From when on trainers are sent the roster of a class whose first session is on that day. */
export function sentFrom(firstDay: Temporal.PlainDate, calendar: WorkingCalendar): Temporal.Instant {
  return atLocalTime(calendar.addWorkingDays(firstDay, -SEND_BEFORE), SEND_AT);
}

/** Last day on which a trainer's link opens, and the moment at which it does no more. */
export function linkUntil(
  lastDay: Temporal.PlainDate,
  calendar: WorkingCalendar,
): { expiresOn: Temporal.PlainDate; expiresAt: Temporal.Instant } {
  const expiresOn = calendar.addWorkingDays(lastDay, LINK_AFTER);
  return { expiresOn, expiresAt: startOfDay(expiresOn.add({ days: 1 })) };
}

/** The same for the same people at the same places and times, in whatever order they are listed: a corrected name is no other roster. */
export function digestOf({ enrolmentIds, facts }: Pick<Roster, 'enrolmentIds' | 'facts'>): string {
  const sessions = facts.sessions.map(({ sessionId, day, part, topic, trainerId }) => [sessionId, day, part, topic, trainerId]);
  return createHash('sha256')
    .update(JSON.stringify([[...enrolmentIds].sort(), facts.venueId, sessions]))
    .digest('base64url');
}

/** What is different from a roster that somebody has. */
export function deltaOf(before: Pick<Roster, 'enrolmentIds' | 'facts'>, now: Pick<Roster, 'enrolmentIds' | 'facts'>): RosterDelta {
  const [had, have] = [new Set(before.enrolmentIds), new Set(now.enrolmentIds)];
  const times = ({ sessions }: RosterFacts) =>
    sessions.map(({ sessionId, day, part, topic }) => `${sessionId} ${day} ${part} ${topic}`).join('\n');
  const trainers = ({ sessions }: RosterFacts) =>
    sessions
      .map(({ sessionId, trainerId }) => `${sessionId} ${trainerId ?? ''}`)
      .sort()
      .join('\n');
  return {
    joined: now.enrolmentIds.filter((id) => !had.has(id)).length,
    left: before.enrolmentIds.filter((id) => !have.has(id)).length,
    changed: [
      ...(before.facts.venueId === now.facts.venueId ? [] : (['venue'] as const)),
      ...(times(before.facts) === times(now.facts) ? [] : (['sessions'] as const)),
      ...(trainers(before.facts) === trainers(now.facts) ? [] : (['trainers'] as const)),
    ],
  };
}
