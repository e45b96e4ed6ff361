import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { dateToPlain } from '#calendar';
import { DomainError, type ClassState, type EnrolmentState, type SessionPart } from '#contracts';
import type { HeldClass } from '../classes/class.js';
import type { Tx } from '../persistence/database.js';
import type { Seats, HeldEnrolment, Waiting } from './enrolment.js';

export interface NewEnrolment {
  readonly id: string;
  readonly classId: string;
  readonly courseId: string;
  readonly traineeId: string;
  readonly agency: string;
  readonly leader: boolean;
  readonly state: 'waiting' | 'enrolled';
}

/** What keeps somebody from a class: they are in that one of the course, or in that one at its times. */
export interface Elsewhere {
  readonly traineeId: string;
  /** The class that was wanted. */
  readonly classId: string;
  readonly class: string;
  readonly day: string;
  readonly part: SessionPart;
}

/** Rows in one statement. */
const PIECE = 1000;

/** Nominations as use cases change them. Whoever does holds their class, then the people, then these rows. */
@Injectable()
export class EnrolmentRepository {
  /** The class of a nomination, without a lock: it never changes. @throws DomainError `enrolment-not-found` */
  async classOf(tx: Tx, id: string): Promise<string> {
    const row = await tx.enrolment.findUnique({ where: { id }, select: { classId: true } });
    return row?.classId ?? missing(id);
  }

  /** Locks a nomination; its class is held. */
  async hold(tx: Tx, id: string): Promise<HeldEnrolment> {
    await tx.$queryRaw`SELECT id FROM enrolment WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    const row = await tx.enrolment.findUnique({ where: { id } });
    return row ? { ...row, state: row.state as EnrolmentState } : missing(id);
  }

  /** How many are enrolled in a class. */
  enrolled(tx: Tx, classId: string): Promise<number> {
    return tx.enrolment.count({ where: { classId, state: 'enrolled' } });
  }

  /** Classes of a course by code, or one by id, all held, in order of their id. */
  async holdClasses(
    tx: Tx,
    of: { readonly courseId: string; readonly codes: readonly string[] } | { readonly classId: string },
  ): Promise<HeldClass[]> {
    const where = 'classId' in of ? { id: of.classId } : { courseId: of.courseId, code: { in: [...of.codes] } };
    const rows = await tx.trainingClass.findMany({ where, orderBy: { id: 'asc' }, select: { id: true } });
    const ids = rows.map(({ id }) => id);
    await tx.$queryRaw`SELECT id FROM training_class WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
    const held = await tx.trainingClass.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' } });
    return held.map((row) => ({ ...row, state: row.state as ClassState }));
  }

  /** Seats of agencies in some classes and who has them, by class and agency. Quotas that are cancelled give none. */
  async seats(tx: Tx, classIds: readonly string[]): Promise<Map<string, Map<string, Seats>>> {
    const rows = await tx.$queryRaw<({ classId: string; agency: string } & Seats)[]>`
      SELECT q.class_id::text AS "classId", q.agency, q.seats, q.leader_seats AS "leaderSeats",
        count(e.id) FILTER (WHERE e.leader)::int AS leaders, count(e.id) FILTER (WHERE NOT e.leader)::int AS others
      FROM quota q LEFT JOIN enrolment e ON e.class_id = q.class_id AND e.agency = q.agency AND e.state = 'enrolled'
      WHERE q.class_id = ANY(${[...classIds]}::uuid[]) AND q.state <> 'cancelled' GROUP BY q.id`;
    const found = new Map(classIds.map((id) => [id, new Map<string, Seats>()]));
    for (const { classId, agency, ...seats } of rows) found.get(classId)?.set(agency, seats);
    return found;
  }

  /** How many are enrolled in each of some classes. */
  async enrolledIn(tx: Tx, classIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await tx.enrolment.groupBy({
      by: ['classId'],
      where: { classId: { in: [...classIds] }, state: 'enrolled' },
      _count: true,
    });
    return new Map(rows.map((row) => [row.classId, row._count]));
  }

  /**
   * Nominations of these people in classes of the course that nothing comes of end: they may be sent to another one. The class is cancelled, or it began
   * while they still waited for a seat.
   */
  async leaveOver(tx: Tx, courseId: string, traineeIds: readonly string[]): Promise<{ id: string; reason: string }[]> {
    if (traineeIds.length === 0) return [];
    return tx.$queryRaw<{ id: string; reason: string }[]>`
      UPDATE enrolment e SET state = 'withdrawn', busy = NULL, version = e.version + 1,
        reason = CASE WHEN c.state = 'cancelled' THEN 'Lớp không tổ chức' ELSE 'Lớp đã khai giảng, không còn chỗ' END
      FROM training_class c
      WHERE c.id = e.class_id AND e.course_id = ${courseId}::uuid AND e.trainee_id = ANY(${[...traineeIds]}::uuid[])
        AND ((c.state = 'cancelled' AND e.state IN ('waiting', 'enrolled'))
          OR (c.state IN ('in-progress', 'completed', 'certified', 'reported') AND e.state = 'waiting'))
      RETURNING e.id::text AS id, e.reason`;
  }

  /** The class of the course in which each of these people is, waits, or was: they go to no other (SEED-41). */
  async inCourse(tx: Tx, courseId: string, traineeIds: readonly string[]): Promise<Map<string, { enrolmentId: string; class: string }>> {
    const rows = await tx.enrolment.findMany({
      where: { courseId, traineeId: { in: [...traineeIds] }, state: { in: ['waiting', 'enrolled', 'completed'] } },
      select: { id: true, traineeId: true, class: { select: { code: true } } },
    });
    return new Map(rows.map((row) => [row.traineeId, { enrolmentId: row.id, class: row.class.code }]));
  }

  /** The first session of another class that each of these people has at the times of the class that is wanted for them. */
  async elsewhere(tx: Tx, wanted: readonly { readonly traineeId: string; readonly classId: string }[]): Promise<Map<string, Elsewhere>> {
    if (wanted.length === 0) return new Map();
    const rows = await tx.$queryRaw<(Omit<Elsewhere, 'day'> & { date: Date })[]>`
      SELECT DISTINCT ON (w.trainee_id) w.trainee_id::text AS "traineeId", w.class_id::text AS "classId", c.code AS class, theirs.date, theirs.part
      FROM unnest(${wanted.map(({ traineeId }) => traineeId)}::uuid[], ${wanted.map(({ classId }) => classId)}::uuid[]) AS w(trainee_id, class_id)
      JOIN enrolment e ON e.trainee_id = w.trainee_id AND e.class_id <> w.class_id AND e.state = 'enrolled' AND e.busy IS NOT NULL
      JOIN class_session theirs ON theirs.class_id = e.class_id AND theirs.active
      JOIN class_session mine ON mine.class_id = w.class_id AND mine.active
        AND tstzrange(mine.starts_at, mine.ends_at) && tstzrange(theirs.starts_at, theirs.ends_at)
      JOIN training_class c ON c.id = e.class_id
      ORDER BY w.trainee_id, theirs.starts_at`;
    return new Map(rows.map(({ date, ...row }) => [row.traineeId, { ...row, day: dateToPlain(date).toString() }]));
  }

  /** Enrols people, or lets them wait. Who is enrolled has no time for another class at these times (EXCLUDE constraint `trainee_taken`). */
  async create(tx: Tx, enrolments: readonly NewEnrolment[], at: Temporal.Instant): Promise<void> {
    for (let from = 0; from < enrolments.length; from += PIECE) {
      const rows = enrolments.slice(from, from + PIECE).map((one, index) => ({
        ordinal: index,
        id: one.id,
        class_id: one.classId,
        course_id: one.courseId,
        trainee_id: one.traineeId,
        agency: one.agency,
        leader: one.leader,
        state: one.state,
      }));
      await tx.$executeRaw`
        INSERT INTO enrolment (id, class_id, course_id, trainee_id, agency, leader, state, nominated_at, busy)
        SELECT n.id, n.class_id, n.course_id, n.trainee_id, n.agency, n.leader, n.state, ${at.toString()}::timestamptz,
          CASE WHEN n.state = 'enrolled' THEN t.times END
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS n(ordinal int, id uuid, class_id uuid, course_id uuid, trainee_id uuid, agency text, leader boolean, state text)
        LEFT JOIN (SELECT class_id, range_agg(tstzrange(starts_at, ends_at)) AS times FROM class_session WHERE active GROUP BY 1) t
          ON t.class_id = n.class_id
        ORDER BY n.ordinal`;
    }
  }

  /** Who waits for a class, in order of time. */
  waiting(tx: Tx, classId: string): Promise<Waiting[]> {
    return tx.$queryRaw<Waiting[]>`
      SELECT e.id::text AS id, e.agency, e.leader, NOT EXISTS (
        SELECT FROM enrolment o JOIN class_session s ON s.class_id = e.class_id AND s.active
        WHERE o.trainee_id = e.trainee_id AND o.id <> e.id AND o.busy && tstzrange(s.starts_at, s.ends_at)) AND NOT t.restricted AS free
      FROM enrolment e JOIN trainee t ON t.id = e.trainee_id
      WHERE e.class_id = ${classId}::uuid AND e.state = 'waiting' ORDER BY e.seq`;
  }

  /** Enrols those who waited. Their times are taken with it. */
  async enrol(tx: Tx, ids: readonly string[]): Promise<void> {
    await tx.$executeRaw`
      UPDATE enrolment e SET state = 'enrolled', version = e.version + 1, busy = (
        SELECT range_agg(tstzrange(s.starts_at, s.ends_at)) FROM class_session s WHERE s.class_id = e.class_id AND s.active)
      WHERE e.id = ANY(${[...ids]}::uuid[])`;
  }

  /** Of some nominations those whose people can be written to, in order of time: they have an address, and did not ask to be left alone. */
  async readers(tx: Tx, ids: readonly string[]): Promise<{ enrolmentId: string; traineeId: string }[]> {
    const rows = await tx.enrolment.findMany({
      where: { id: { in: [...ids] }, trainee: { email: { not: null }, restricted: false } },
      orderBy: { seq: 'asc' },
      select: { id: true, traineeId: true },
    });
    return rows.map(({ id, traineeId }) => ({ enrolmentId: id, traineeId }));
  }

  /** Ends a nomination that is held; its times are free. @returns its new version */
  async withdraw(tx: Tx, id: string, reason: string): Promise<number> {
    const [row] = await tx.$queryRaw<{ version: number }[]>`
      UPDATE enrolment SET state = 'withdrawn', reason = ${reason}, busy = NULL, clashes = false, version = version + 1 WHERE id = ${id}::uuid
      RETURNING version`;
    return row?.version ?? missing(id);
  }
}

function missing(id: string): never {
  throw new DomainError(
    'enrolment-not-found',
    `There is no nomination ${id}. GET /api/v1/classes/{classId}/enrolments lists those of a class.`,
  );
}
