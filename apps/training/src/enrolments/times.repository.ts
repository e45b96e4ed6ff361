import { Injectable } from '@nestjs/common';
import type { Tx } from '../persistence/database.js';

/**
 * Keeps the times that trainees are taken as the sessions of their classes are, in as many statements for one as for all. Their people are locked before, so
 * that two classes that move at once wait for each other instead of meeting in the constraint.
 */
@Injectable()
export class TraineeTimes {
  /**
   * After sessions of a class moved, were given back, or are booked again. Who would then be in two classes at once is taken by the other one alone, and
   * stands in the list of conflicts until a person decides. Idempotent.
   */
  async follow(tx: Tx, classId: string): Promise<void> {
    await tx.$executeRaw`
      UPDATE enrolment e SET busy = NULL WHERE e.class_id = ${classId}::uuid AND e.busy IS NOT NULL
        AND e.busy IS DISTINCT FROM (SELECT range_agg(tstzrange(starts_at, ends_at)) FROM class_session WHERE class_id = e.class_id AND active)`;
    await tx.$executeRaw`
      UPDATE enrolment e SET busy = w.times, clashes = false
      FROM (SELECT range_agg(tstzrange(starts_at, ends_at)) AS times FROM class_session WHERE class_id = ${classId}::uuid AND active) w
      WHERE e.class_id = ${classId}::uuid AND e.state = 'enrolled' AND e.busy IS NULL AND w.times IS NOT NULL
        AND NOT EXISTS (SELECT FROM enrolment o WHERE o.trainee_id = e.trainee_id AND o.id <> e.id AND o.busy && w.times)`;
    // What is left without times either meets another class, or has no days now.
    await tx.$executeRaw`
      UPDATE enrolment e SET clashes = w.has FROM (SELECT count(*) > 0 AS has FROM class_session WHERE class_id = ${classId}::uuid AND active) w
      WHERE e.class_id = ${classId}::uuid AND e.state = 'enrolled' AND e.busy IS NULL AND e.clashes IS DISTINCT FROM w.has`;
    await this.relieve(tx, classId);
  }

  /**
   * Nominations that stand as conflicts and meet nothing any more: taken again, one after the other.
   * @param left trainees who have left this class; whoever is in it is looked at in any case
   */
  async relieve(tx: Tx, classId: string, left: readonly string[] = []): Promise<void> {
    const clashing = await tx.$queryRaw<{ id: string }[]>`
      SELECT o.id::text AS id FROM enrolment o WHERE o.clashes AND o.state = 'enrolled' AND o.class_id <> ${classId}::uuid
        AND (o.trainee_id = ANY(${[...left]}::uuid[])
          OR o.trainee_id IN (SELECT trainee_id FROM enrolment WHERE class_id = ${classId}::uuid AND state IN ('waiting', 'enrolled')))
      ORDER BY o.id`;
    for (const { id } of clashing)
      await tx.$executeRaw`
        UPDATE enrolment e SET busy = w.times, clashes = false
        FROM (SELECT class_id, range_agg(tstzrange(starts_at, ends_at)) AS times FROM class_session WHERE active GROUP BY 1) w
        WHERE e.id = ${id}::uuid AND w.class_id = e.class_id
          AND NOT EXISTS (SELECT FROM enrolment o WHERE o.trainee_id = e.trainee_id AND o.id <> e.id AND o.busy && w.times)`;
  }

  /** The class is not held: nobody is taken by it. */
  async free(tx: Tx, classId: string): Promise<void> {
    await tx.$executeRaw`UPDATE enrolment SET busy = NULL, clashes = false WHERE class_id = ${classId}::uuid AND (busy IS NOT NULL OR clashes)`;
    await this.relieve(tx, classId);
  }
}
