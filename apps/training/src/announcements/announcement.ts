import type { Temporal } from 'temporal-polyfill';
import type { SessionPart } from '#contracts';

/** What a person was told of a class, and so has in their calendar: sessions by id, venue and roster. No sessions: that there are none. */
export interface Told {
  readonly venueId: string | null;
  readonly sessions: readonly {
    readonly sessionId: string;
    readonly ordinal: number;
    /** ISO date. */
    readonly day: string;
    readonly part: SessionPart;
    readonly topic: string;
  }[];
  /** Of the newest roster that they were sent; 0 for a trainee, and before the first. */
  readonly rosterVersion: number;
}

/** As what somebody is told of a class: one person may be both. */
export type Role = 'trainer' | 'trainee';

export interface Announcement {
  readonly told: Told;
  /** Of the calendar entries that were sent last. */
  readonly sequence: number;
  readonly toldAt: Temporal.Instant;
  /** First day of the class that a reminder was sent for. */
  readonly remindedFor: Temporal.PlainDate | null;
}

/** With whom it was told. */
export interface PersonTold extends Announcement {
  readonly personId: string;
  readonly role: Role;
}

/** What somebody is about to be told. */
export interface PersonToTell {
  readonly personId: string;
  readonly role: Role;
  /** What they have in their calendar from then on. */
  readonly told: Told;
  /** First day of the class, when the mail reminds of it; else what was reminded of stays. */
  readonly remindedFor?: Temporal.PlainDate | null;
}
