import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { type Facts } from '../announcements/class-facts.repository.js';
import { ClassRepository } from '../classes/class.repository.js';
import type { ClassState } from '#contracts';
import type { HeldClass } from '../classes/class.js';
import type { Tx } from '../persistence/database.js';
import { deltaOf, digestOf, type Roster } from './roster.js';
import { RosterRepository } from './roster.repository.js';

/** The next version of a roster, of what the class is now. The class is held. */
@Injectable()
export class MakeRoster {
  constructor(
    private readonly rosters: RosterRepository,
    private readonly classes: ClassRepository,
  ) {}

  /** Locks: there is a next version in any case, told as such. @returns it with the new version of the class */
  async lock(tx: Tx, held: HeldClass, state: ClassState, facts: Facts, at: Temporal.Instant): Promise<{ roster: Roster; version: number }> {
    const roster = await this.next(tx, held, facts, at);
    const version = await this.keep(tx, held, roster, state);
    const detail = { rosterVersion: roster.version, trainees: roster.enrolmentIds.length };
    await this.classes.tell(tx, held.id, at, 'roster-locked', { detail });
    return { roster, version };
  }

  /** A locked roster that is not what the class is any more has a next version. @returns the newest */
  async renew(tx: Tx, held: HeldClass, facts: Facts, at: Temporal.Instant): Promise<Roster | null> {
    const newest = await this.rosters.read(tx, held.id);
    if (!newest) return null;
    const roster = await this.next(tx, held, facts, at);
    if (roster.digest === newest.digest) return newest;
    await this.keep(tx, held, roster, held.state);
    const { joined, left, changed } = deltaOf(newest, roster);
    await this.classes.tell(tx, held.id, at, 'roster-renewed', { detail: { rosterVersion: roster.version, joined, left, changed } });
    return roster;
  }

  private async next(tx: Tx, held: HeldClass, { venueId, sessions }: Facts, madeAt: Temporal.Instant): Promise<Roster> {
    const content = {
      enrolmentIds: await this.rosters.enrolled(tx, held.id),
      facts: {
        venueId,
        sessions: sessions.map(({ sessionId, date, part, topic, trainerId }) => ({ sessionId, day: date, part, topic, trainerId })),
      },
    };
    return { ...content, version: held.rosterVersion + 1, madeAt, digest: digestOf(content) };
  }

  private async keep(tx: Tx, held: HeldClass, roster: Roster, state: ClassState): Promise<number> {
    await this.rosters.keep(tx, held.id, roster);
    return this.classes.change(tx, held.id, { state, rosterVersion: roster.version });
  }
}
