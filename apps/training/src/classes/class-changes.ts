import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../persistence/database.js';

/** What happened to a class, after all of it is written: the class is locked, its sessions are booked or free. */
export interface ClassChange {
  readonly classId: string;
  readonly at: Temporal.Instant;
  /** As the history has it: `planned`, `changed`, `session-moved`, `trainer-assigned`, `postponed`, `cancelled`, … */
  readonly what: string;
  readonly reason: string | null;
}

/** A part of a class that must follow whatever happens to it: engagements, quotas, enrolments. Brings itself to what the class is now; idempotent. */
export interface ClassFollower {
  readonly follow: (tx: Tx, change: ClassChange) => Promise<void>;
}

/**
 * Who follows a class, in the transaction of the change: all of it happens, or none. Features add themselves at start, so classes need not know of them,
 * and no use case can forget one.
 */
@Injectable()
export class ClassChanges {
  private readonly followers: ClassFollower[] = [];

  add(follower: ClassFollower): void {
    this.followers.push(follower);
  }

  async tell(tx: Tx, change: ClassChange): Promise<void> {
    for (const follower of this.followers) await follower.follow(tx, change);
  }
}
