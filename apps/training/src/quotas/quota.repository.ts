import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { dateToPlain, plainToDate } from '#calendar';
import { DomainError, type ClassState, type QuotaState, type quotaView } from '#contracts';
import { HistoryRepository, type HistoryLine } from '../history/history.repository.js';
import type { Quota as QuotaRow } from '../generated/prisma/client.js';
import { Database, type Tx } from '../persistence/database.js';
import { obligationOf, type Quota } from './quota.js';

export type QuotaView = z.output<typeof quotaView>;
type Figures = Pick<QuotaView, 'nominated' | 'enrolled' | 'leaders' | 'waiting'>;
const NONE: Figures = { nominated: 0, enrolled: 0, leaders: 0, waiting: 0 };

/** Quotas, and how many came of each. Whoever changes them holds their class. */
@Injectable()
export class QuotaRepository {
  constructor(
    private readonly database: Database,
    private readonly history: HistoryRepository,
  ) {}

  /** Those of some classes, in order of class and agency. */
  async of(tx: Tx, classIds: readonly string[]): Promise<Quota[]> {
    const rows = await tx.quota.findMany({ where: { classId: { in: [...classIds] } }, orderBy: [{ classId: 'asc' }, { agency: 'asc' }] });
    return rows.map(quotaOf);
  }

  /** @throws DomainError `quota-not-found`, also for one that is cancelled */
  async get(tx: Tx, classId: string, agency: string): Promise<Quota> {
    const row = await tx.quota.findUnique({ where: { classId_agency: { classId, agency } } });
    if (row && row.state !== 'cancelled') return quotaOf(row);
    throw new DomainError(
      'quota-not-found',
      `${agency} has no quota in this class. GET /api/v1/classes/${classId}/quotas lists those that have.`,
    );
  }

  /** Sets a quota of a class that is held: makes it, or opens it again, or changes it. @returns as it is now */
  async put(tx: Tx, quota: Omit<Quota, 'version'>): Promise<Quota> {
    const { id, classId, agency, ...rest } = quota;
    const data = { ...rest, deadline: plainToDate(rest.deadline), countedFrom: plainToDate(rest.countedFrom) };
    const row = await tx.quota.upsert({
      where: { classId_agency: { classId, agency } },
      create: { id, classId, agency, ...data },
      update: { ...data, version: { increment: 1 } },
    });
    return quotaOf(row);
  }

  tell(tx: Tx, lines: readonly Omit<HistoryLine, 'subject'>[]): Promise<void> {
    return this.history.tell(
      tx,
      lines.map((line) => ({ subject: 'quota', ...line })),
    );
  }

  /** How many came of each agency, by `class agency`. */
  async nominated(tx: Tx, classIds: readonly string[]): Promise<Map<string, Figures>> {
    return figuresOf(tx, classIds);
  }

  /** @throws DomainError `class-not-found` */
  async views(classId: string): Promise<QuotaView[]> {
    if (!(await this.database.trainingClass.findUnique({ where: { id: classId }, select: { id: true } })))
      throw new DomainError('class-not-found', `There is no class ${classId}. GET /api/v1/classes lists them.`);
    const quotas = await this.of(this.database, [classId]);
    const figures = await figuresOf(this.database, [classId]);
    return quotas.map(({ id, countedFrom: _, deadline, ...quota }) => ({
      ...quota,
      ...(figures.get(keyOf(quota)) ?? NONE),
      deadline: deadline.toString(),
      obligationId: obligationOf({ id }),
    }));
  }

  /** Classes whose nominations are open, and that have days: without, nothing is due before them. */
  async opened(tx: Tx): Promise<string[]> {
    const where = { state: 'nomination-open', sessions: { some: { active: true } } };
    const rows = await tx.trainingClass.findMany({ where, orderBy: { id: 'asc' }, select: { id: true } });
    return rows.map(({ id }) => id);
  }

  /** What the obligations of a class say of it: its plan and task, who holds the course, and how the class is called. */
  async owedFor(tx: Tx, classId: string) {
    const { code, title, state, course } = await tx.trainingClass.findUniqueOrThrow({ where: { id: classId }, include: { course: true } });
    const { planId, taskId, leadAgency, titleEn } = course;
    return { code, title, state: state as ClassState, courseTitleEn: titleEn, planId, taskId, leadAgency };
  }

  /** First day of the sessions that a class has now, or null while it has none. */
  async firstDay(tx: Tx, classId: string): Promise<Temporal.PlainDate | null> {
    const row = await tx.classSession.findFirst({ where: { classId, active: true }, orderBy: { startsAt: 'asc' }, select: { date: true } });
    return row && dateToPlain(row.date);
  }
}

export const keyOf = ({ classId, agency }: Pick<Quota, 'classId' | 'agency'>): string => `${classId} ${agency}`;

async function figuresOf(tx: Tx | Database, classIds: readonly string[]): Promise<Map<string, Figures>> {
  const rows = await tx.$queryRaw<({ classId: string; agency: string } & Record<keyof Figures, bigint>)[]>`
    SELECT class_id::text AS "classId", agency, count(*) AS nominated, count(*) FILTER (WHERE state <> 'waiting') AS enrolled,
      count(*) FILTER (WHERE state <> 'waiting' AND leader) AS leaders, count(*) FILTER (WHERE state = 'waiting') AS waiting
    FROM enrolment WHERE class_id = ANY(${[...classIds]}::uuid[]) AND state <> 'withdrawn' GROUP BY 1, 2`;
  return new Map(
    rows.map(({ nominated, enrolled, leaders, waiting, ...of }) => [
      keyOf(of),
      { nominated: Number(nominated), enrolled: Number(enrolled), leaders: Number(leaders), waiting: Number(waiting) },
    ]),
  );
}

function quotaOf(row: QuotaRow): Quota {
  return { ...row, deadline: dateToPlain(row.deadline), countedFrom: dateToPlain(row.countedFrom), state: row.state as QuotaState };
}
