import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { plainToDate } from '#calendar';
import type { Tx } from '../persistence/database.js';

/** A trainee of a class, or who was one. */
export interface Trainee {
  readonly personId: string;
  /** Enrolled. */
  readonly comes: boolean;
  /** Moved up from the waiting list. */
  readonly promoted: boolean;
}

/** Who may have to be told something of which class. */
@Injectable()
export class ReaderRepository {
  /** Classes whose roster is locked and whose last day is not over, and others of which somebody has days to come in their calendar. In order of id. */
  async classes(tx: Tx, today: Temporal.PlainDate): Promise<string[]> {
    const day = plainToDate(today);
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT c.id::text AS id FROM training_class c
      WHERE (c.state IN ('roster-locked', 'notified', 'in-progress')
          AND EXISTS (SELECT FROM class_session s WHERE s.class_id = c.id AND s.active AND s.date >= ${day}::date))
        OR (c.state IN ('planned', 'nomination-open', 'nomination-closed', 'postponed', 'cancelled')
          AND EXISTS (SELECT FROM announcement a CROSS JOIN jsonb_array_elements(a.told -> 'sessions') s
            WHERE a.class_id = c.id AND (s ->> 'day')::date >= ${day}::date))
      ORDER BY c.id`;
    return rows.map(({ id }) => id);
  }

  /** Trainees of a class who can be written to: they have an address, and did not ask to be left alone. In order of id. */
  async trainees(tx: Tx, classId: string): Promise<Trainee[]> {
    return tx.$queryRaw<Trainee[]>`
      SELECT t.id::text AS "personId", bool_or(e.state = 'enrolled') AS comes,
        bool_or(EXISTS (SELECT FROM history h WHERE h.subject_id = e.id AND h.subject = 'enrolment' AND h.what = 'promoted')) AS promoted
      FROM enrolment e JOIN trainee t ON t.id = e.trainee_id
      WHERE e.class_id = ${classId}::uuid AND t.email IS NOT NULL AND NOT t.restricted
      GROUP BY t.id ORDER BY t.id`;
  }

  /** Trainers who accepted a class. */
  async accepted(tx: Tx, classId: string): Promise<string[]> {
    const rows = await tx.engagement.findMany({ where: { classId, state: 'accepted' }, select: { trainerId: true } });
    return rows.map(({ trainerId }) => trainerId);
  }
}
