import { Injectable } from '@nestjs/common';
import { dateToPlain } from '#calendar';
import { DomainError, type SessionPart } from '#contracts';
import type { Tx } from '../persistence/database.js';
import { mustBeActive } from '../trainers/trainer.js';
import { TrainerRepository } from '../trainers/trainer.repository.js';
import { mustBeInUse, mustHold } from '../venues/venue.js';
import { VenueRepository } from '../venues/venue.repository.js';
import { timesOf, type Session } from './timetable.js';

interface Collision {
  readonly what: 'venue' | 'trainer';
  readonly id: string;
  readonly class: string;
  readonly date: Date;
  readonly part: SessionPart;
}

/** SQLSTATE of a row that an EXCLUDE constraint refuses. */
const EXCLUSION_VIOLATION = '23P01';

/**
 * What sessions book. That nothing and nobody is booked twice is the database's rule (EXCLUDE constraints); this says with whom it collides. Venue and trainers
 * are locked first, always in this order, so that two who want the same wait for each other instead of blocking each other.
 */
@Injectable()
export class BookingRepository {
  constructor(
    private readonly venues: VenueRepository,
    private readonly trainers: TrainerRepository,
  ) {}

  /** Sessions of a class, in order of time; also those that book nothing now. */
  async of(tx: Tx, classId: string): Promise<Session[]> {
    const rows = await tx.classSession.findMany({ where: { classId }, orderBy: { startsAt: 'asc' } });
    return rows.map((row) => ({ ...row, day: dateToPlain(row.date), part: row.part as SessionPart }));
  }

  /** Gives back what the class booked. */
  async free(tx: Tx, classId: string): Promise<void> {
    await tx.classSession.updateMany({ where: { classId }, data: { active: false } });
  }

  /** A session that is not held after all; what it booked is free. */
  async remove(tx: Tx, sessionId: string): Promise<void> {
    await tx.classSession.delete({ where: { id: sessionId } });
  }

  /** Locks what several classes are about to book: venues first, then trainers. @throws DomainError `venue-not-found`, `trainer-not-found` */
  async hold(tx: Tx, venueIds: readonly string[], trainerIds: readonly (string | null)[]): Promise<void> {
    for (const id of distinct(venueIds)) await this.venues.hold(tx, id);
    for (const id of distinct(trainerIds)) await this.trainers.hold(tx, id);
  }

  /** A venue that is about to be named must be there; null names none. Locks it. @throws DomainError `venue-not-found` */
  async mustHaveVenue(tx: Tx, venueId: string | null): Promise<void> {
    if (venueId !== null) await this.venues.hold(tx, venueId);
  }

  /**
   * Books sessions of a class that is held (or made in this transaction) in place of what they booked before.
   * @param asked what the change is about: seats that each venue must have, trainers who must be to be had. What it is not about may be a conflict on the
   * list already, and is no reason to refuse
   * @throws DomainError `venue-not-found`, `venue-retired`, `venue-too-small`, `trainer-not-found`, `trainer-retired`, `trainer-away`, `venue-taken`,
   * `trainer-taken`
   */
  async book(tx: Tx, classId: string, sessions: readonly Session[], asked: { places?: number; trainers?: true }): Promise<void> {
    for (const id of distinct(sessions.map(({ venueId }) => venueId))) {
      const venue = await this.venues.hold(tx, id);
      if (asked.places === undefined) continue;
      mustBeInUse(venue);
      mustHold(venue, asked.places);
    }
    for (const id of distinct(sessions.map(({ trainerId }) => trainerId))) {
      const trainer = await this.trainers.hold(tx, id);
      if (!asked.trainers) continue;
      mustBeActive(trainer);
      await this.mustBeHad(tx, id, sessions);
    }
    // A constraint looks at each row as it comes: sessions that change places must not meet on the way.
    await tx.classSession.updateMany({ where: { id: { in: sessions.map(({ id }) => id) } }, data: { active: false } });
    await tx.$executeRaw`SAVEPOINT booking`;
    try {
      await write(tx, classId, sessions);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.includes(EXCLUSION_VIOLATION)) throw error;
      await tx.$executeRaw`ROLLBACK TO SAVEPOINT booking`;
      throw refusalOf(await collisions(tx, sessions), error);
    }
  }

  private async mustBeHad(tx: Tx, trainerId: string, sessions: readonly Session[]): Promise<void> {
    const theirs = sessions.filter((one) => one.trainerId === trainerId);
    const days = await this.trainers.awayOn(
      tx,
      trainerId,
      theirs.map(({ day }) => day),
    );
    const away = theirs.filter(({ day }) => days.has(day.toString()));
    if (away.length === 0) return;
    throw new DomainError(
      'trainer-away',
      'The trainer is away on these days. Choose other days or another trainer.',
      away.map(({ day, part }) => ({ trainerId, day: day.toString(), part })),
    );
  }
}

const distinct = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))].sort();

/** One row each, as text: what the statements below take apart again. */
function asRows(classId: string | null, sessions: readonly Session[]): string {
  return JSON.stringify(
    sessions.map((session) => {
      const { startsAt, endsAt, blockedFrom, blockedTo } = timesOf(session);
      return {
        id: session.id,
        class_id: classId,
        date: session.day.toString(),
        part: session.part,
        starts_at: startsAt.toString(),
        ends_at: endsAt.toString(),
        blocked_from: blockedFrom.toString(),
        blocked_to: blockedTo.toString(),
        topic: session.topic,
        venue_id: session.venueId,
        trainer_id: session.trainerId,
        active: true,
      };
    }),
  );
}

async function write(tx: Tx, classId: string, sessions: readonly Session[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO class_session (id, class_id, date, part, starts_at, ends_at, blocked_from, blocked_to, topic, venue_id, trainer_id, active)
    SELECT id, class_id, date, part, starts_at, ends_at, blocked_from, blocked_to, topic, venue_id, trainer_id, active
    FROM jsonb_populate_recordset(NULL::class_session, ${asRows(classId, sessions)}::jsonb)
    ON CONFLICT (id) DO UPDATE SET date = EXCLUDED.date, part = EXCLUDED.part, starts_at = EXCLUDED.starts_at, ends_at = EXCLUDED.ends_at,
      blocked_from = EXCLUDED.blocked_from, blocked_to = EXCLUDED.blocked_to, topic = EXCLUDED.topic, venue_id = EXCLUDED.venue_id,
      trainer_id = EXCLUDED.trainer_id, active = true`;
}

/** Everything that these sessions collide with, not only what the database met first. */
function collisions(tx: Tx, sessions: readonly Session[]): Promise<Collision[]> {
  return tx.$queryRaw<Collision[]>`
    SELECT hit.what, hit.id, c.code AS class, other.date, other.part
    FROM jsonb_populate_recordset(NULL::class_session, ${asRows(null, sessions)}::jsonb) mine
    JOIN class_session other ON other.active AND other.id <> mine.id
    JOIN training_class c ON c.id = other.class_id
    CROSS JOIN LATERAL (
      SELECT 'venue' AS what, other.venue_id AS id
      WHERE other.venue_id = mine.venue_id AND tstzrange(other.starts_at, other.ends_at) && tstzrange(mine.starts_at, mine.ends_at)
      UNION ALL
      SELECT 'trainer', other.trainer_id
      WHERE other.trainer_id = mine.trainer_id AND tstzrange(other.blocked_from, other.blocked_to) && tstzrange(mine.blocked_from, mine.blocked_to)
    ) hit
    ORDER BY other.starts_at, c.code, hit.what`;
}

function refusalOf(found: readonly Collision[], cause: Error): Error {
  const [first] = found;
  if (!first) return cause;
  const details = found.map(({ what, id, date, part, ...at }) => ({ [`${what}Id`]: id, class: at.class, day: dayOf(date), part }));
  const when = `class ${first.class} in the ${first.part} of ${dayOf(first.date)}`;
  return first.what === 'venue'
    ? new DomainError(
        'venue-taken',
        `The venue is booked by ${when}. Choose another day or venue; "errors" lists all collisions.`,
        details,
        { cause },
      )
    : new DomainError(
        'trainer-taken',
        `The trainer teaches ${when}, or is on the way there. Choose another day or trainer; "errors" lists all collisions.`,
        details,
        { cause },
      );
}

const dayOf = (date: Date): string => dateToPlain(date).toString();
