import { Injectable } from '@nestjs/common';
import { dateToPlain, plainToDate, toDate, toInstant } from '#calendar';
import { byVietnameseName } from '#documents';
import type { Temporal } from 'temporal-polyfill';
import type { Prisma, Roster as Row } from '../generated/prisma/client.js';
import type { Database, Tx } from '../persistence/database.js';
import type { Roster, RosterFacts } from './roster.js';

/** Somebody on a list. Forgotten people keep their line, without a word of who they were. */
export interface Listed {
  readonly enrolmentId: string;
  readonly name: string;
  readonly unit: string;
  readonly position: string;
  readonly needs: string;
}

/** What stands for a name that was erased. */
const ERASED = '…';

/** Rosters of classes: the versions that were made, and who is on them. The class is held by whoever makes one. */
@Injectable()
export class RosterRepository {
  /** What the guard of the lock asks for (domain 4.4): who is enrolled, whether there are days, and sessions without a venue or a trainer who accepted. */
  async readiness(tx: Tx | Database, classId: string): Promise<{ enrolled: number; dayless: boolean; unready: number }> {
    const [row] = await tx.$queryRaw<{ enrolled: number; dayless: boolean; unready: number }[]>`
      SELECT (SELECT count(*)::int FROM enrolment WHERE class_id = ${classId}::uuid AND state = 'enrolled') AS enrolled,
        NOT EXISTS (SELECT FROM class_session s WHERE s.class_id = ${classId}::uuid AND s.active) AS dayless,
        (SELECT count(*)::int FROM class_session s WHERE s.class_id = ${classId}::uuid AND s.active AND (s.venue_id IS NULL OR NOT EXISTS (
          SELECT FROM engagement e WHERE e.class_id = s.class_id AND e.trainer_id = s.trainer_id AND e.state = 'accepted'))) AS unready`;
    return row ?? { enrolled: 0, dayless: true, unready: 0 };
  }

  /** Classes whose nominations are closed, with the first of their days, where that is to come. */
  async waiting(tx: Tx, today: Temporal.PlainDate): Promise<{ classId: string; firstDay: Temporal.PlainDate }[]> {
    const rows = await tx.$queryRaw<{ classId: string; date: Date }[]>`
      SELECT c.id::text AS "classId", min(s.date) AS date FROM training_class c JOIN class_session s ON s.class_id = c.id AND s.active
      WHERE c.state = 'nomination-closed' GROUP BY c.id HAVING min(s.date) > ${plainToDate(today)}::date ORDER BY c.id`;
    return rows.map(({ classId, date }) => ({ classId, firstDay: dateToPlain(date) }));
  }

  /** Who is enrolled now, in the order of Vietnamese lists. */
  async enrolled(tx: Tx, classId: string): Promise<string[]> {
    const rows = await tx.enrolment.findMany({ where: { classId, state: 'enrolled' }, include: { trainee: true } });
    return inOrder(rows).map(({ id }) => id);
  }

  /** People of a list as they are named today, in its order. */
  async people(tx: Tx | Database, enrolmentIds: readonly string[]): Promise<Listed[]> {
    const rows = await tx.enrolment.findMany({ where: { id: { in: [...enrolmentIds] } }, include: { trainee: true } });
    return inOrder(rows).map(({ id, trainee }) => ({
      enrolmentId: id,
      name: trainee.fullName ?? ERASED,
      unit: trainee.unit ?? '',
      position: trainee.position ?? '',
      needs: trainee.needs ?? '',
    }));
  }

  /** A version of a class's roster; without `version` the newest. */
  async read(tx: Tx | Database, classId: string, version?: number): Promise<Roster | null> {
    const row = await tx.roster.findFirst({
      where: { classId, ...(version === undefined ? {} : { version }) },
      orderBy: { version: 'desc' },
    });
    return row && rosterOf(row);
  }

  /** All versions, newest first. */
  async versions(tx: Tx | Database, classId: string): Promise<Roster[]> {
    return (await tx.roster.findMany({ where: { classId }, orderBy: { version: 'desc' } })).map(rosterOf);
  }

  async keep(tx: Tx, classId: string, { madeAt, facts, enrolmentIds, ...roster }: Roster): Promise<void> {
    const data = {
      ...roster,
      classId,
      madeAt: toDate(madeAt),
      enrolmentIds: [...enrolmentIds],
      facts: facts as unknown as Prisma.InputJsonObject,
    };
    await tx.roster.create({ data });
  }

  /** Names of trainers, with their academic titles. */
  async trainers(tx: Tx | Database, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await tx.trainer.findMany({ where: { id: { in: [...ids] } } });
    return new Map(rows.map(({ id, title, fullName }) => [id, title === null ? fullName : `${title} ${fullName}`]));
  }
}

function inOrder<R extends { readonly id: string; readonly trainee: { readonly fullName: string | null } }>(rows: readonly R[]): R[] {
  return [...rows].sort(
    (one, other) => byVietnameseName(one.trainee.fullName ?? ERASED, other.trainee.fullName ?? ERASED) || (one.id < other.id ? -1 : 1),
  );
}

function rosterOf(row: Row): Roster {
  return { ...row, madeAt: toInstant(row.madeAt), facts: row.facts as unknown as RosterFacts };
}
