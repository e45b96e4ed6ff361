import { DomainError, type ClassState, type EnrolmentState, type WaitingReason } from '#contracts';

/** A nomination as its use cases hold it: locked, in their transaction. */
export interface HeldEnrolment {
  readonly id: string;
  readonly classId: string;
  readonly traineeId: string;
  /** Code of the agency that nominated. */
  readonly agency: string;
  readonly state: EnrolmentState;
  readonly version: number;
}

/** Seats of an agency in a class, and how many of them are taken: by leaders, and by others. */
export interface Seats {
  readonly seats: number;
  readonly leaderSeats: number;
  readonly leaders: number;
  readonly others: number;
}

/** Somebody who waits. `free`: no other class of theirs is at the times of this one. */
export interface Waiting {
  readonly id: string;
  readonly agency: string;
  readonly leader: boolean;
  readonly free: boolean;
}

/**
 * Who has a seat in a class. A seat is free while the class has a place and the agency's quota has one; while nominations are open, what a quota has for
 * leaders is kept for them (an assumption: the plan says nothing of it). Pure bookkeeping, one for each decision.
 */
export class SeatPlan {
  private readonly agencies = new Map<string, { seats: number; leaderSeats: number; leaders: number; others: number }>();
  private taken: number;

  /**
   * @param quotas by agency; an agency without one has no seat
   * @param open nominations are open
   */
  constructor(
    private readonly capacity: number,
    enrolled: number,
    quotas: ReadonlyMap<string, Seats>,
    private readonly open: boolean,
  ) {
    this.taken = enrolled;
    for (const [agency, seats] of quotas) this.agencies.set(agency, { ...seats });
  }

  /** Gives a seat, if there is one. @returns null, or why whoever asks must wait */
  take(agency: string, leader: boolean): WaitingReason | null {
    const quota = this.agencies.get(agency);
    if (!quota || quota.leaders + quota.others >= quota.seats) return 'quota-full';
    const keptForLeaders = this.open ? quota.leaderSeats : 0;
    if (!leader && quota.others >= quota.seats - keptForLeaders) return 'leader-seats';
    if (this.taken >= this.capacity) return 'class-full';
    this.taken += 1;
    if (leader) quota.leaders += 1;
    else quota.others += 1;
    return null;
  }

  /**
   * Who moves up, in order: while nominations are open first those of the agency whose seat became free, then by time; afterwards by time alone.
   * Who has another class at these times is passed over and keeps their turn.
   * @param waiting in order of time
   */
  moveUp(waiting: readonly Waiting[], freedBy: string | null): string[] {
    const theirs = waiting.filter(({ agency }) => this.open && agency === freedBy);
    const order = [...theirs, ...waiting.filter((one) => !theirs.includes(one))];
    return order.filter(({ free, agency, leader }) => free && this.take(agency, leader) === null).map(({ id }) => id);
  }
}

/** States of a class in which nobody moves up any more: it has begun, or is not held. */
const settledStates: readonly ClassState[] = ['in-progress', 'completed', 'certified', 'reported', 'cancelled'];

export const isSettled = (state: ClassState): boolean => settledStates.includes(state);

/** Who is on the list can leave it until the class begins. @throws DomainError `enrolment-settled`, `class-begun` */
export function mustBeWithdrawable(enrolment: HeldEnrolment, held: { readonly code: string; readonly state: ClassState }): void {
  if (enrolment.state !== 'waiting' && enrolment.state !== 'enrolled')
    throw new DomainError('enrolment-settled', `This nomination is ${enrolment.state} already: nothing is left to withdraw.`, [
      { state: enrolment.state },
    ]);
  if (isSettled(held.state))
    throw new DomainError('class-begun', `Class ${held.code} is ${held.state}: record attendance instead, nobody is withdrawn any more.`, [
      { state: held.state },
    ]);
}

/**
 * Nominations are taken while they are open, and afterwards with a reason until the roster is locked.
 * @param late why it comes late
 * @throws DomainError `nominations-not-open`, `nominations-closed`
 */
export function mustBeOpenFor({ code, state }: { readonly code: string; readonly state: ClassState }, late: string | undefined): void {
  if (state === 'nomination-open' || (state === 'nomination-closed' && late !== undefined)) return;
  if (state === 'nomination-closed')
    throw new DomainError(
      'nominations-closed',
      `Nominations for class ${code} are closed. The course's lead agency may take late ones: say in "late" why.`,
      [{ state }],
    );
  throw new DomainError('nominations-not-open', `Class ${code} is ${state}: it takes no nominations. Choose another class.`, [{ state }]);
}
