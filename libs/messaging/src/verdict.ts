import type { Temporal } from 'temporal-polyfill';

const verdict: unique symbol = Symbol('verdict');

/** Will never be done, for a reason that is not a failure of ours; goes to the dead letters with the reason, without a retry. */
export interface Cancel {
  readonly [verdict]: 'cancel';
  readonly reason: string;
}

/** Not yet: rung again at a business time. Does not use up an attempt. */
export interface Snooze {
  readonly [verdict]: 'snooze';
  readonly until: Temporal.Instant;
}

/** What a handler may answer instead of a reply. Done is the plain return; a throw means "try again by the lane's policy". */
export type Verdict = Cancel | Snooze;

export function cancel(reason: string): Cancel {
  return { [verdict]: 'cancel', reason };
}

export function snooze(until: Temporal.Instant): Snooze {
  return { [verdict]: 'snooze', until };
}

export function isVerdict(value: unknown): value is Verdict {
  return typeof value === 'object' && value !== null && verdict in value;
}

export function isSnooze(value: Verdict): value is Snooze {
  return value[verdict] === 'snooze';
}
