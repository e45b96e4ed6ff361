import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { dateToPlain, toDate } from '#calendar';
import type { conflictView, listConflicts, PayloadOf, SessionPart } from '#contracts';
import { Database } from '../persistence/database.js';

/** Trainees whom moved sessions brought into two classes at once. By id of their nomination: no name stands in a list of conflicts. */
@Injectable()
export class TraineeConflicts {
  constructor(private readonly database: Database) {}

  /** Sessions to come that a trainee has another class at, in order of time. */
  async list({ classId, kind }: PayloadOf<typeof listConflicts>, now: Temporal.Instant): Promise<z.output<typeof conflictView>[]> {
    if (kind !== undefined && kind !== 'trainee-elsewhere') return [];
    const rows = await this.database.$queryRaw<
      { enrolmentId: string; classId: string; class: string; sessionId: string; date: Date; part: SessionPart; other: string }[]
    >`
      SELECT DISTINCT ON (mine.starts_at, mine.id, e.id) e.id::text AS "enrolmentId", c.id::text AS "classId", c.code AS class,
        mine.id::text AS "sessionId", mine.date, mine.part, oc.code AS other
      FROM enrolment e
      JOIN training_class c ON c.id = e.class_id
      JOIN class_session mine ON mine.class_id = e.class_id AND mine.active AND mine.ends_at > ${toDate(now)}
      JOIN enrolment o ON o.trainee_id = e.trainee_id AND o.id <> e.id AND o.busy && tstzrange(mine.starts_at, mine.ends_at)
      JOIN training_class oc ON oc.id = o.class_id
      WHERE e.clashes AND (${classId ?? null}::uuid IS NULL OR e.class_id = ${classId ?? null}::uuid)
      ORDER BY mine.starts_at, mine.id, e.id`;
    return rows.map(({ date, other, ...row }) => ({
      ...row,
      kind: 'trainee-elsewhere',
      day: dateToPlain(date).toString(),
      what: `a trainee is in class ${other} at that time`,
    }));
  }
}
