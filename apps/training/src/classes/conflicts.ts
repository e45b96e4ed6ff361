import type { Temporal } from 'temporal-polyfill';
import type { WorkingCalendar } from '#calendar';
import type { ConflictKind } from '#contracts';
import { isInWindow, type Window } from '../courses/course.js';
import { LOCK_BEFORE } from '../rosters/roster.js';
import type { PlanTask } from '../tasks/plan-task.js';
import { steps } from './class.js';

/** A session with what it stands on, as that is now. */
export interface StandingSession {
  readonly day: Temporal.PlainDate;
  readonly places: number;
  readonly daysOff: boolean;
  readonly window: Window;
  /** Days of the task that the course carries out. */
  readonly task: Pick<PlanTask, 'code' | 'windowFrom' | 'windowTo'> | null;
  readonly venue: { readonly code: string; readonly capacity: number; readonly retired: boolean } | null;
  readonly trainer: { readonly active: boolean; readonly away: boolean; readonly unanswered: boolean } | null;
  /** Somebody should be asked by now, or was and declined. */
  readonly trainerWanted: boolean;
}

/** What does not fit any more about a session that fitted when it was planned: the calendar, course, venue or trainer changed since. */
export function conflictsOf(session: StandingSession, calendar: WorkingCalendar): { kind: ConflictKind; what: string }[] {
  const { day, places, venue, task } = session;
  const found: [wrong: boolean, kind: ConflictKind, what: string][] = [
    [!session.daysOff && !calendar.isWorkingDay(day), 'day-off', `${day.toString()} is a day off`],
    [!isInWindow(day, session.window), 'outside-window', `${day.toString()} lies outside the window of the course`],
    [task !== null && !isInWindow(day, task), 'outside-task-window', `${day.toString()} lies outside the days of task ${task?.code ?? ''}`],
    [venue === null, 'venue-missing', 'no venue is booked'],
    [venue?.retired === true, 'venue-retired', `venue ${venue?.code ?? ''} is no longer used`],
    [
      venue !== null && venue.capacity < places,
      'venue-too-small',
      `venue ${venue?.code ?? ''} has ${String(venue?.capacity)} seats, ${String(places)} are needed`,
    ],
    ...ofTrainer(session),
  ];
  return found.filter(([wrong]) => wrong).map(([, kind, what]) => ({ kind, what }));
}

/** What does not fit about a class as a whole: it has no days, or nothing can be held for its task now. */
export function classConflictsOf({
  sessions,
  task,
}: {
  readonly sessions: number;
  readonly task: Pick<PlanTask, 'code' | 'status' | 'approved'> | null;
}): { kind: ConflictKind; what: string }[] {
  const { code = '', status, approved = true } = task ?? {};
  const found: [wrong: boolean, kind: ConflictKind, what: string][] = [
    [sessions === 0, 'unscheduled', 'no days are set'],
    [status === 'suspended', 'task-suspended', `task ${code} is suspended`],
    [status === 'cancelled', 'task-cancelled', `task ${code} is cancelled`],
    [!approved, 'approval-missing', `task ${code} waits for an approval`],
  ];
  return found.filter(([wrong]) => wrong).map(([, kind, what]) => ({ kind, what }));
}

function ofTrainer({ trainer, trainerWanted }: StandingSession): [wrong: boolean, kind: ConflictKind, what: string][] {
  if (trainer === null) return [[trainerWanted, 'trainer-missing', 'no trainer teaches it']];
  return [
    [!trainer.active, 'trainer-retired', 'the trainer teaches no more'],
    [trainer.away, 'trainer-away', 'the trainer is away on that day'],
    [trainer.unanswered, 'trainer-unanswered', 'the trainer was asked twice and has not answered'],
  ];
}

/** A class whose nominations are closed, or whose roster is locked, as its next step asks for it. */
export interface WaitingClass {
  readonly state: 'nomination-closed' | 'roster-locked';
  readonly firstDay: Temporal.PlainDate;
  readonly enrolled: number;
  readonly minSize: number;
  readonly capacity: number;
  /** Sessions without a venue, or without a trainer who accepted. */
  readonly unready: number;
  readonly urgent: boolean;
}

/** What keeps a class that comes near from its next step: a roster that cannot be locked, or an invitation that would leave too late (domain 4.4). */
export function rosterConflictOf(
  { state, firstDay, ...facts }: WaitingClass,
  today: Temporal.PlainDate,
  calendar: WorkingCalendar,
): { kind: ConflictKind; what: string } | null {
  const notice = calendar.workingDaysBetween(today, firstDay);
  if (state === 'nomination-closed') {
    const what = notice <= LOCK_BEFORE ? steps['lock-roster'].guard(facts) : null;
    return what === null ? null : { kind: 'roster-not-ready', what };
  }
  const what = steps.notify.guard({ notice, urgent: facts.urgent });
  return what === null ? null : { kind: 'invitation-late', what };
}
