import { Temporal } from 'temporal-polyfill';
import type { WorkingCalendar } from '#calendar';
import type { ClassState, Mail } from '#contracts';
import type { Announcement, Told } from '../announcements/announcement.js';
import type { FactSession } from '../announcements/class-facts.repository.js';

type ToldSession = Told['sessions'][number];
export type Occasion = Extract<Mail, { template: 'class-notice' }>['occasion'];

/** What one person is told of a class: what it is for them now, and what is no more of what they have in their calendar. */
export interface Notice {
  readonly occasion: Occasion;
  readonly sessions: readonly FactSession[];
  readonly cancelled: readonly ToldSession[];
  readonly changed: readonly ('venue' | 'sessions')[];
}

/** A class as it is now, on a day. */
export interface ClassNow {
  readonly state: ClassState;
  readonly venueId: string | null;
  /** Those that are booked, in order of time. */
  readonly sessions: readonly FactSession[];
  readonly today: Temporal.PlainDate;
}

/** Working days before the first session at which trainees are invited, and at which they are reminded (domain 4.6, a proposal). */
const INVITE_BEFORE = 4;
const REMIND_BEFORE = 1;

const callsUp: ReadonlySet<ClassState> = new Set(['notified', 'in-progress']);
const isOff = (state: ClassState): state is 'cancelled' | 'postponed' => state === 'cancelled' || state === 'postponed';

/** Whether it is time to invite to a class whose first session is on that day; on the day itself only what is urgent still is. */
export function isTimeToInvite(firstDay: Temporal.PlainDate, today: Temporal.PlainDate, calendar: WorkingCalendar): boolean {
  return Temporal.PlainDate.compare(today, firstDay) <= 0 && calendar.workingDaysBetween(today, firstDay) <= INVITE_BEFORE;
}

/** Whether what is told today reminds of a class whose first session is on that day: on the working day before it. */
export function isDayToRemind(firstDay: Temporal.PlainDate, today: Temporal.PlainDate, calendar: WorkingCalendar): boolean {
  const from = calendar.addWorkingDays(firstDay, -REMIND_BEFORE);
  return Temporal.PlainDate.compare(from, today) <= 0 && Temporal.PlainDate.compare(today, firstDay) < 0;
}

/**
 * What a trainee is told now, or null when they know it. Days that are over are nothing that anybody is told of.
 * @param trainee `comes`: enrolled; `promoted`: moved up from the waiting list
 * @param reminds the first session is on the next working day, and nobody reminded of that day yet
 */
export function noticeOfTrainee(
  trainee: { readonly comes: boolean; readonly promoted: boolean; readonly announcement: Announcement | null },
  now: ClassNow,
  reminds: boolean,
): Notice | null {
  const { announcement } = trainee;
  const open = (announcement?.told.sessions ?? []).filter(({ day }) => isToCome(day, now));
  if (isOff(now.state) || !trainee.comes) return open.length === 0 ? null : taken(isOff(now.state) ? now.state : 'withdrawn', open);
  if (announcement && announcement.told.sessions.length > 0) return different(announcement.told, now, reminds);
  if (!callsUp.has(now.state) || now.sessions.length === 0) return null;
  return { occasion: trainee.promoted && !announcement ? 'promoted' : 'invitation', sessions: now.sessions, cancelled: [], changed: [] };
}

/** For somebody who comes, and knows of days: what is different, else that it is tomorrow. */
function different(told: Told, now: ClassNow, reminds: boolean): Notice | null {
  const { sessions } = now;
  const cancelled = told.sessions.filter(
    ({ sessionId, day }) => isToCome(day, now) && sessions.every((session) => session.sessionId !== sessionId),
  );
  const changed = [
    ...(told.venueId === now.venueId ? [] : (['venue'] as const)),
    ...(times(told.sessions, now) === times(sessions, now) ? [] : (['sessions'] as const)),
  ];
  if (changed.length > 0) return { occasion: 'changed', sessions, cancelled, changed };
  return reminds && now.state === 'notified' ? { occasion: 'reminder', sessions, cancelled, changed } : null;
}

/** Sessions to come that a trainer was told of and that are no longer theirs. */
export function lostBy(trainerId: string, told: Told | null, { state, sessions, today }: ClassNow): ToldSession[] {
  const own = new Set(sessions.filter((session) => session.trainerId === trainerId).map(({ sessionId }) => sessionId));
  return (told?.sessions ?? []).filter(({ sessionId, day }) => isToCome(day, { today }) && (isOff(state) || !own.has(sessionId)));
}

/**
 * What a trainer is told of sessions that are no longer theirs, or no longer when they know them; what is left of theirs stands beside it, as it is now. They
 * are asked for other days anew, but that may be weeks later, and the days that they know would be over by then.
 */
export function noticeOfTrainer(told: Told, lost: readonly ToldSession[], now: ClassNow): Notice | null {
  const { state } = now;
  if (isOff(state)) return lost.length === 0 ? null : taken(state, lost);
  const kept = told.sessions.filter((session) => !lost.includes(session));
  const sessions = now.sessions.filter(({ sessionId }) => kept.some((session) => session.sessionId === sessionId));
  // Sessions of theirs that change places leave them when they are.
  const known = new Set(sessions.map(({ date, part }) => `${date} ${part}`));
  if (kept.some(({ day, part }) => isToCome(day, now) && !known.has(`${day} ${part}`)))
    return { occasion: 'changed', sessions, cancelled: lost, changed: ['sessions'] };
  return lost.length === 0 ? null : { ...taken('withdrawn', lost), sessions };
}

function taken(occasion: Occasion, cancelled: readonly ToldSession[]): Notice {
  return { occasion, sessions: [], cancelled, changed: [] };
}

const isToCome = (day: string, { today }: Pick<ClassNow, 'today'>): boolean => day >= today.toString();

/** When sessions to come are. */
function times(sessions: readonly (ToldSession | FactSession)[], now: ClassNow): string {
  const at = (session: ToldSession | FactSession) => ('day' in session ? session.day : session.date);
  return sessions
    .filter((session) => isToCome(at(session), now))
    .map((session) => `${session.sessionId} ${at(session)} ${session.part}`)
    .sort()
    .join();
}
