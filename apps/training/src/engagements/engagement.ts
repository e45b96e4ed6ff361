import { Temporal } from 'temporal-polyfill';
import type { WorkingCalendar } from '#calendar';
import { DomainError, type ClassState, type EngagementState, type TrainerAnswer } from '#contracts';
import type { Session } from '../bookings/timetable.js';
import { stands } from '../classes/class.js';

/** A trainer and a class, as use cases hold them: the class is locked, and all that is its changes under that lock. */
export interface Engagement {
  readonly id: string;
  readonly classId: string;
  readonly trainerId: string;
  readonly state: EngagementState;
  /** What the trainer was invited to, as `askedOf` says it; null while they were not. */
  readonly asked: string | null;
  /** How often that was asked. */
  readonly asks: number;
  /** Invitations so far, whatever they asked. */
  readonly invitation: number;
  /** Last day on which an answer is expected. */
  readonly answerBy: Temporal.PlainDate | null;
  readonly version: number;
}

/** Working days before their first session at which trainers are invited (domain 4.6, a proposal). */
export const LEAD = 20;
/** Working days that a trainer has to answer, and by how many before the first session at the latest: two before the nominations close. Assumptions. */
const ANSWER_WITHIN = 5;
const ANSWER_BEFORE = 7;
/** Asked once, and once more when nothing is heard; then a person sees to it. An assumption. */
export const ASKS = 2;

/** What a trainer is asked: when and where, a line each. Topics and numbers of sessions are nothing that they would answer otherwise. */
export function askedOf(sessions: readonly Session[]): string {
  return sessions
    .map(({ day, part, venueId }) => `${day.toString()} ${part} ${venueId ?? ''}`)
    .sort()
    .join('\n');
}

/** Nothing new is asked: the same, or less of it. @param places whether another place is something new */
function isWithin(asked: string | null, before: string | null | undefined, places: boolean): boolean {
  if (asked === null || !before) return false;
  const linesOf = (text: string) => text.split('\n').map((line) => (places ? line : line.split(' ', 2).join(' ')));
  const known = new Set(linesOf(before));
  return linesOf(asked).every((line) => known.has(line));
}

/** Whether it is time to ask a trainer whose first session is on that day; from that day on it is too late. */
export function isTimeToAsk(firstDay: Temporal.PlainDate, today: Temporal.PlainDate, calendar: WorkingCalendar): boolean {
  return Temporal.PlainDate.compare(today, firstDay) < 0 && calendar.workingDaysBetween(today, firstDay) <= LEAD;
}

/** Until when an answer is expected from a trainer who is asked today: never before tomorrow. */
export function answerByOf(today: Temporal.PlainDate, firstDay: Temporal.PlainDate, calendar: WorkingCalendar): Temporal.PlainDate {
  const [within, before] = [calendar.addWorkingDays(today, ANSWER_WITHIN), calendar.addWorkingDays(firstDay, -ANSWER_BEFORE)];
  const earlier = Temporal.PlainDate.compare(within, before) < 0 ? within : before;
  const tomorrow = today.add({ days: 1 });
  return Temporal.PlainDate.compare(earlier, tomorrow) < 0 ? tomorrow : earlier;
}

type Waiting = Pick<Engagement, 'state' | 'asks' | 'answerBy'>;

const isOverdue = ({ state, answerBy }: Waiting, today: Temporal.PlainDate): boolean =>
  state === 'invited' && answerBy !== null && Temporal.PlainDate.compare(answerBy, today) < 0;

/** Invited, not heard of by the day, and not asked a second time yet. */
export function isToBeAskedAgain(engagement: Waiting, today: Temporal.PlainDate): boolean {
  return isOverdue(engagement, today) && engagement.asks < ASKS;
}

/** Asked as often as is asked, and nothing was heard: a person has to see to it. */
export function isUnanswered(engagement: Waiting, today: Temporal.PlainDate): boolean {
  return isOverdue(engagement, today) && engagement.asks >= ASKS;
}

/**
 * What becomes of an engagement when its class changed; null: it stays as it is. Whoever has other days than they were asked for is asked anew, and until the
 * roster is locked who has another place, too; from then on the roster tells the place. Fewer sessions ask for no new answer.
 * @param engagement null: there is none yet
 * @param now `asked`: what the trainer teaches, null while the class has no days
 */
export function followed(
  engagement: Pick<Engagement, 'state' | 'asked'> | null,
  now: { readonly classState: ClassState; readonly teaches: boolean; readonly asked: string | null },
): Extract<EngagementState, 'proposed' | 'ended'> | null {
  const state = engagement?.state ?? 'ended';
  if (!follows(now.classState) || state === 'delivered') return null;
  const isAsked = state === 'invited' || state === 'accepted';
  if (now.classState === 'cancelled' || !now.teaches) return isAsked || state === 'proposed' ? 'ended' : null;
  if (isAsked) return isWithin(now.asked, engagement?.asked, !isLocked(now.classState)) ? null : 'proposed';
  return state === 'proposed' ? null : 'proposed';
}

/** From the first session on an engagement stays what it is. */
const follows = (classState: ClassState): boolean => stands(classState) || classState === 'postponed' || classState === 'cancelled';

/** Answers that change something now, when they come from the trainer. */
export function openAnswers(state: EngagementState, classState: ClassState): TrainerAnswer[] {
  if (!stands(classState)) return [];
  if (state === 'invited') return ['accepted', 'declined'];
  return state === 'accepted' && !isLocked(classState) ? ['declined'] : [];
}

/**
 * An answer can be taken: from whoever is invited; from whoever is only proposed when the office heard it from them. Declined is final, because the sessions
 * were given back; accepted is until the roster is locked.
 * @throws DomainError `answer-final`, `answer-too-late`, `engagement-over`
 */
export function mustBeOpen(state: EngagementState, answer: TrainerAnswer, classState: ClassState): void {
  if (state === 'ended' || state === 'delivered')
    throw new DomainError('engagement-over', `This engagement is ${state}: nothing is asked any more. Assign the trainer anew first.`, [
      { state },
    ]);
  if (state === 'declined' && answer === 'accepted')
    throw new DomainError(
      'answer-final',
      'The trainer declined and the sessions were given back. Assign the trainer anew, and they are asked anew.',
      [{ state }],
    );
  if (state === 'accepted' && answer === 'declined' && isLocked(classState))
    throw new DomainError(
      'answer-too-late',
      'The roster is locked: an acceptance cannot be taken back any more. Call the office, which can release the trainer.',
      [{ state, classState }],
    );
}

function isLocked(state: ClassState): boolean {
  return state !== 'planned' && state !== 'nomination-open' && state !== 'nomination-closed';
}
