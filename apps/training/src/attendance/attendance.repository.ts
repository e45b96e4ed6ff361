import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { dateToPlain, toDate } from '#calendar';
import { DomainError, type AttendanceStatus, type ClassState, type SessionPart } from '#contracts';
import type { Tx } from '../persistence/database.js';
import type { Slot } from '../bookings/timetable.js';
import type { Mark, Source } from './attendance.js';

/** A session that is held, as its attendance is kept. */
export interface HeldSession extends Slot {
  readonly id: string;
  readonly trainerId: string | null;
}

/** Somebody whose attendance counts. */
export interface Attendee {
  readonly id: string;
  readonly traineeId: string;
  /** By which a sheet names the enrolment. */
  readonly number: string;
  readonly state: 'enrolled' | 'completed' | 'not-completed';
  readonly version: number;
}

/** A session whose attendance its trainer is asked for. */
export interface AskedSession extends Slot {
  readonly id: string;
  readonly classId: string;
  readonly trainerId: string;
  /** Whether that was done already. */
  readonly asked: boolean;
}

const ATTENDING = ['enrolled', 'completed', 'not-completed'];

/** Attendance as use cases keep it, under the lock of the class. */
@Injectable()
export class AttendanceRepository {
  /** @throws DomainError `session-not-found` */
  async classOf(tx: Tx, sessionId: string): Promise<string> {
    const row = await tx.classSession.findUnique({ where: { id: sessionId }, select: { classId: true } });
    if (row) return row.classId;
    throw new DomainError('session-not-found', `There is no session ${sessionId}. GET /api/v1/classes lists classes with their sessions.`);
  }

  /** Sessions that are held, in order of time. */
  async sessions(tx: Tx, classId: string): Promise<HeldSession[]> {
    const rows = await tx.classSession.findMany({ where: { classId, active: true }, orderBy: { startsAt: 'asc' } });
    return rows.map((row) => ({ id: row.id, day: dateToPlain(row.date), part: row.part as SessionPart, trainerId: row.trainerId }));
  }

  /** Locks everybody enrolled, in order of their id, to the end of the transaction. */
  async hold(tx: Tx, classId: string): Promise<Attendee[]> {
    await tx.$queryRaw`SELECT id FROM enrolment WHERE class_id = ${classId}::uuid AND state = ANY(${ATTENDING}) ORDER BY id FOR NO KEY UPDATE`;
    const rows = await tx.enrolment.findMany({ where: { classId, state: { in: ATTENDING } }, orderBy: { id: 'asc' } });
    return rows.map(({ id, traineeId, seq, state, version }) => ({
      id,
      traineeId,
      number: String(seq),
      state: state as Attendee['state'],
      version,
    }));
  }

  /** Marks of those who are enrolled now. */
  async marks(tx: Tx, sessions: readonly HeldSession[], attendees: readonly Attendee[]): Promise<Mark[]> {
    const rows = await tx.attendance.findMany({
      where: { sessionId: { in: sessions.map(({ id }) => id) }, enrolmentId: { in: attendees.map(({ id }) => id) } },
    });
    return rows.map(({ sessionId, enrolmentId, status }) => ({ sessionId, enrolmentId, status: status as AttendanceStatus }));
  }

  /** Writes marks in place of what was said before. */
  async keep(tx: Tx, marks: readonly Mark[], { via, by }: Source, at: Temporal.Instant): Promise<void> {
    await tx.$executeRaw`
      INSERT INTO attendance (session_id, enrolment_id, status, recorded_at, via, by)
      SELECT mark.session_id, mark.enrolment_id, mark.status, ${toDate(at)}, ${via}, ${by}
      FROM jsonb_to_recordset(${JSON.stringify(
        marks.map(({ sessionId, enrolmentId, status }) => ({ session_id: sessionId, enrolment_id: enrolmentId, status })),
      )}::jsonb) AS mark(session_id uuid, enrolment_id uuid, status text)
      ON CONFLICT (session_id, enrolment_id) DO UPDATE SET status = EXCLUDED.status, recorded_at = EXCLUDED.recorded_at, via = EXCLUDED.via, by = EXCLUDED.by`;
  }

  /** The attendance of everybody is on record: said once, and not taken back. */
  async attended(tx: Tx, sessionIds: readonly string[], at: Temporal.Instant): Promise<void> {
    await tx.classSession.updateMany({ where: { id: { in: [...sessionIds] }, attendedAt: null }, data: { attendedAt: toDate(at) } });
  }

  /** Whether somebody completed a class or not. Who did is free of its times. */
  async end(tx: Tx, enrolmentIds: readonly string[], state: 'completed' | 'not-completed'): Promise<void> {
    if (enrolmentIds.length === 0) return;
    await tx.$executeRaw`
      UPDATE enrolment SET state = ${state}, busy = NULL, version = version + 1 WHERE id = ANY(${[...enrolmentIds]}::uuid[])`;
  }

  /** Trainers who had accepted have taught. */
  async deliver(tx: Tx, classId: string): Promise<string[]> {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      WITH held AS (SELECT id FROM engagement WHERE class_id = ${classId}::uuid AND state = 'accepted' ORDER BY id FOR NO KEY UPDATE)
      UPDATE engagement e SET state = 'delivered', version = version + 1 FROM held WHERE e.id = held.id RETURNING e.id`;
    return rows.map(({ id }) => id);
  }

  /** Per cent of the sessions that the course of a class asks for. */
  async threshold(tx: Tx, classId: string): Promise<number> {
    const row = await tx.trainingClass.findUniqueOrThrow({ where: { id: classId }, select: { course: { select: { threshold: true } } } });
    return row.course.threshold;
  }

  /** Of these, those who hold a valid certificate: by enrolment, its number. */
  async certified(tx: Tx, enrolmentIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await tx.certificate.findMany({ where: { enrolmentId: { in: [...enrolmentIds] }, revokedAt: null } });
    return new Map(rows.map(({ enrolmentId, number }) => [enrolmentId, number]));
  }

  /** Of these trainees, those who are in another class of the same course, or have completed one. */
  async elsewhere(tx: Tx, classId: string, traineeIds: readonly string[]): Promise<Set<string>> {
    const { courseId } = await tx.trainingClass.findUniqueOrThrow({ where: { id: classId }, select: { courseId: true } });
    const rows = await tx.enrolment.findMany({
      where: {
        courseId,
        classId: { not: classId },
        traineeId: { in: [...traineeIds] },
        state: { in: ['waiting', 'enrolled', 'completed'] },
      },
      select: { traineeId: true },
    });
    return new Set(rows.map(({ traineeId }) => traineeId));
  }

  /** How many who are enrolled and can be written to know of no day of the class: never told, or told that there is none and not since. */
  async untold(tx: Tx, classId: string): Promise<number> {
    const [row] = await tx.$queryRaw<{ untold: number }[]>`
      SELECT count(*)::int AS untold FROM enrolment e JOIN trainee t ON t.id = e.trainee_id
      WHERE e.class_id = ${classId}::uuid AND e.state = 'enrolled' AND t.email IS NOT NULL AND NOT t.restricted
        AND NOT EXISTS (SELECT 1 FROM announcement a WHERE a.class_id = e.class_id AND a.person_id = t.id AND a.role = 'trainee'
          AND a.told -> 'sessions' <> '[]'::jsonb)`;
    return row?.untold ?? 0;
  }

  /** Classes whose first session has begun, and those that are being held: in order of their id. */
  async toMoveOn(tx: Tx, now: Temporal.Instant): Promise<string[]> {
    const states: ClassState[] = ['roster-locked', 'notified', 'in-progress'];
    const rows = await tx.trainingClass.findMany({
      where: { state: { in: states }, sessions: { some: { active: true, startsAt: { lte: toDate(now) } } } },
      orderBy: { id: 'asc' },
      select: { id: true },
    });
    return rows.map(({ id }) => id);
  }

  /** Sessions over by then whose attendance is missing, of classes that are being held, in order of their id. */
  async missing(tx: Tx, over: Temporal.Instant): Promise<AskedSession[]> {
    const rows = await tx.classSession.findMany({
      where: { active: true, endsAt: { lte: toDate(over) }, attendedAt: null, trainerId: { not: null }, class: { state: 'in-progress' } },
      orderBy: { id: 'asc' },
    });
    return rows.map(({ id, classId, trainerId, date, part, askedAt }) => ({
      id,
      classId,
      trainerId: trainerId ?? '',
      day: dateToPlain(date),
      part: part as SessionPart,
      asked: askedAt !== null,
    }));
  }

  /** A trainer is asked for the attendance of a session whose class is held. @returns false when it was done meanwhile, or is no longer missing */
  async ask(tx: Tx, sessionId: string, at: Temporal.Instant): Promise<boolean> {
    const { count } = await tx.classSession.updateMany({
      where: { id: sessionId, attendedAt: null, askedAt: null },
      data: { askedAt: toDate(at) },
    });
    return count > 0;
  }

  /** Whether the attendance of a session whose class is held is still missing. */
  async isMissing(tx: Tx, sessionId: string): Promise<boolean> {
    return (await tx.classSession.count({ where: { id: sessionId, attendedAt: null } })) > 0;
  }
}
