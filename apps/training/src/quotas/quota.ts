import { Temporal } from 'temporal-polyfill';
import type { WorkingCalendar } from '#calendar';
import { DomainError, nameBasedId, type ClassState, type QuotaState } from '#contracts';

/** How many an agency may send to a class, and until when. */
export interface Quota {
  readonly id: string;
  readonly classId: string;
  /** Code of the agency. */
  readonly agency: string;
  readonly seats: number;
  /** Of the seats those that are meant for leaders (domain 4.1: "1 leader + 2 staff"). */
  readonly leaderSeats: number;
  /** Last day to nominate, in Asia/Ho_Chi_Minh. */
  readonly deadline: Temporal.PlainDate;
  /** First day of the class that the deadline was counted back from. */
  readonly countedFrom: Temporal.PlainDate;
  readonly state: QuotaState;
  /** Why the agency sends fewer, or why the quota ended. */
  readonly reason: string | null;
  readonly version: number;
}

/** Nominations end so many working days before the first session, where nobody says otherwise (domain 4.6, a proposal). */
const NOMINATE_BEFORE = 7;

/** States in which nominations for a class are not over: they are taken, or may be late. */
const taking: readonly ClassState[] = ['nomination-open', 'nomination-closed'];

/** The obligation in planning's ledger that a quota is. */
export const obligationOf = (quota: Pick<Quota, 'id'>): string => nameBasedId('dondoc', 'nomination-list', quota.id);

export function defaultDeadline(firstDay: Temporal.PlainDate, calendar: WorkingCalendar): Temporal.PlainDate {
  return calendar.addWorkingDays(firstDay, -NOMINATE_BEFORE);
}

/**
 * The deadline after the class moved: as many working days before its first session as it was, and never a day that is over.
 * @param today day of Asia/Ho_Chi_Minh
 */
export function movedDeadline(
  { deadline, countedFrom }: Pick<Quota, 'deadline' | 'countedFrom'>,
  firstDay: Temporal.PlainDate,
  today: Temporal.PlainDate,
  calendar: WorkingCalendar,
): Temporal.PlainDate {
  const before = Math.max(1, calendar.workingDaysBetween(deadline, countedFrom));
  const moved = calendar.addWorkingDays(firstDay, -before);
  return Temporal.PlainDate.compare(moved, today) < 0 ? today : moved;
}

/**
 * Whether something is still owed: no longer when all seats are nominated for, or the agency said that it sends fewer. What is fulfilled is owed again only
 * while nominations are open; afterwards those who wait fill a gap.
 */
export function stateAfter(quota: Pick<Quota, 'state' | 'seats' | 'reason'>, nominated: number, state: ClassState): QuotaState {
  if (quota.state === 'fulfilled' && state !== 'nomination-open') return 'fulfilled';
  if (quota.state !== 'open' && quota.state !== 'fulfilled') return quota.state;
  return nominated >= quota.seats || quota.reason !== null ? 'fulfilled' : 'open';
}

/**
 * Nominations are over on the day after the last deadline, or seven working days before the first session when nothing is owed any more.
 * @param quotas those that are not cancelled
 */
export function mayClose(
  quotas: readonly Pick<Quota, 'state' | 'deadline'>[],
  firstDay: Temporal.PlainDate,
  today: Temporal.PlainDate,
  calendar: WorkingCalendar,
): boolean {
  const isOver = (day: Temporal.PlainDate) => Temporal.PlainDate.compare(day, today) < 0;
  if (quotas.length > 0 && quotas.every(({ deadline }) => isOver(deadline))) return true;
  const nothingOwed = quotas.every(({ state }) => state !== 'open');
  return nothingOwed && Temporal.PlainDate.compare(today, defaultDeadline(firstDay, calendar)) >= 0;
}

/** @throws DomainError `seats-backwards`, `deadline-passed`, `deadline-after-class` */
export function mustBeSensible(
  { seats, leaderSeats, deadline }: Pick<Quota, 'seats' | 'leaderSeats' | 'deadline'>,
  firstDay: Temporal.PlainDate,
  today: Temporal.PlainDate,
): void {
  if (leaderSeats > seats)
    throw new DomainError(
      'seats-backwards',
      `${String(leaderSeats)} seats for leaders are more than the ${String(seats)} of the quota. Lower "leaderSeats" or raise "seats".`,
    );
  const [day, first] = [deadline.toString(), firstDay.toString()];
  if (Temporal.PlainDate.compare(deadline, today) < 0)
    throw new DomainError('deadline-passed', `${day} is over. Say a "deadline" from today on, before the first session (${first}).`);
  if (Temporal.PlainDate.compare(deadline, firstDay) >= 0)
    throw new DomainError('deadline-after-class', `The class begins on ${first}. Say a "deadline" before that day, not ${day}.`);
}

/** Quotas change while nominations are open or may be late. @throws DomainError `nominations-not-open` */
export function mustTakeNominations({ code, state }: { readonly code: string; readonly state: ClassState }): void {
  if (taking.includes(state)) return;
  throw new DomainError(
    'nominations-not-open',
    state === 'planned'
      ? `Nobody can be nominated for class ${code} yet. Open its nominations first.`
      : `Class ${code} is ${state}: nominations for it are over, or wait for its new days.`,
    [{ state }],
  );
}
