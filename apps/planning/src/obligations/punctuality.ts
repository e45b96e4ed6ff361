import type { Temporal } from 'temporal-polyfill';
import type { punctualities } from '#contracts';
import { judgedAt } from './standstill.js';

export type Punctuality = (typeof punctualities)[number];

/** The moments that decide whether an obligation was in time. Each deadline is the first instant at which it is late. */
export interface Moments {
  /** When it was fulfilled for the first time; null as long as it was not. */
  readonly firstFulfilledAt: Temporal.Instant | null;
  /** `overdueAt` as it stood then: what a return asks for later is another matter. */
  readonly firstOverdueAt: Temporal.Instant | null;
  /** When it was waived or cancelled; null while it is owed. */
  readonly settledAt: Temporal.Instant | null;
  readonly originalOverdueAt: Temporal.Instant;
  readonly extendedOverdueAt: Temporal.Instant;
  readonly overdueAt: Temporal.Instant;
  /** While its ladder stands still: since when. */
  readonly heldSince: Temporal.Instant | null;
}

export interface OnTime {
  /** By the first deadline. */
  readonly raw: Punctuality;
  /** By the deadline with ordinary extensions alone. */
  readonly withExtensions: Punctuality;
  /** By the deadline with everything: extensions, force majeure, suspensions. */
  readonly withForceMajeure: Punctuality;
}

/**
 * Three figures, all judged by the first fulfilment: a report that was handed in in time and sent back was in time, and one that was late stays
 * late, however long the correction may take. What is never fulfilled is late once its deadline is over; what ended before that is neither.
 * Counting the three apart is an assumption: no decision states how extended deadlines enter the rates. Pure.
 */
export function punctuality(moments: Moments, now: Temporal.Instant): OnTime {
  const { firstFulfilledAt } = moments;
  const ended = firstFulfilledAt ?? moments.settledAt;
  const judge = (overdueAt: Temporal.Instant, end = ended ?? now): Punctuality => {
    if (end.epochMilliseconds >= overdueAt.epochMilliseconds) return 'late';
    return firstFulfilledAt === null ? 'not-yet' : 'on-time';
  };
  return {
    raw: judge(moments.originalOverdueAt),
    withExtensions: judge(moments.extendedOverdueAt),
    withForceMajeure: judge(moments.firstOverdueAt ?? moments.overdueAt, ended ?? judgedAt(now, moments.heldSince)),
  };
}
