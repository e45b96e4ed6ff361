import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { dateToPlain, localDate } from '#calendar';
import type { conflictView, listConflicts, PayloadOf } from '#contracts';
import { WorkingDays } from '../calendar/working-days.js';
import { Database } from '../persistence/database.js';
import { rosterConflictOf, type WaitingClass } from './conflicts.js';

/** Classes that come near and whose roster cannot be locked, or to which nobody can be invited any more without haste. */
@Injectable()
export class RosterConflicts {
  constructor(
    private readonly database: Database,
    private readonly days: WorkingDays,
  ) {}

  /** In order of their first session. */
  async list({ classId, kind }: PayloadOf<typeof listConflicts>, now: Temporal.Instant): Promise<z.output<typeof conflictView>[]> {
    const rows = await this.database.$queryRaw<(Omit<WaitingClass, 'firstDay'> & { id: string; code: string; date: Date })[]>`
      SELECT c.id::text AS id, c.code, c.state, c.capacity, c.min_size AS "minSize", c.urgent IS NOT NULL AS urgent, min(s.date) AS date,
        (SELECT count(*)::int FROM enrolment e WHERE e.class_id = c.id AND e.state = 'enrolled') AS enrolled,
        (count(*) FILTER (WHERE s.venue_id IS NULL OR NOT EXISTS (
          SELECT FROM engagement g WHERE g.class_id = c.id AND g.trainer_id = s.trainer_id AND g.state = 'accepted')))::int AS unready
      FROM training_class c JOIN class_session s ON s.class_id = c.id AND s.active
      WHERE c.state IN ('nomination-closed', 'roster-locked') AND (${classId ?? null}::uuid IS NULL OR c.id = ${classId ?? null}::uuid)
      GROUP BY c.id ORDER BY min(s.starts_at), c.id`;
    const found = rows.flatMap(({ id, code, date, ...row }) => {
      const conflict = rosterConflictOf({ ...row, firstDay: dateToPlain(date) }, localDate(now), this.days.calendar);
      return conflict ? [{ ...conflict, classId: id, class: code, sessionId: null, day: null, part: null }] : [];
    });
    return found.filter((one) => kind === undefined || one.kind === kind);
  }
}
