import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { dateToPlain, toDate, toInstant, type DeadlineWord, type RollPolicy } from '#calendar';
import { DomainError, type reportView, type ReportState } from '#contracts';
import type { Ladder } from '#ladder';
import type { Prisma } from '../generated/prisma/client.js';
import { Database, type Tx } from '../persistence/database.js';

export interface Requirement {
  readonly id: string;
  readonly planId: string;
  readonly code: string;
  readonly title: string;
  readonly titleEn: string;
  readonly receiverId: string;
  readonly firstPeriod: string;
  readonly lastPeriod: string;
  readonly dueRule: {
    readonly word: DeadlineWord;
    readonly dayOfLastMonth: number;
    readonly roll: RollPolicy;
    readonly officeHourCutoff?: string;
  };
  readonly ladder: Ladder;
  readonly reporterIds: readonly string[];
}

export interface HeldReport {
  readonly id: string;
  readonly state: ReportState;
  readonly version: number;
  readonly obligationId: string;
  readonly submittedAt: Temporal.Instant | null;
}

const shown = { requirement: true, agency: true, obligation: { include: { creditor: true } } } as const;
type ShownReport = Prisma.ReportGetPayload<{ include: typeof shown }>;

@Injectable()
export class ReportRepository {
  constructor(private readonly database: Database) {}

  /** One at a time opens reports. Held to the end of the transaction. */
  async lockOpening(tx: Tx): Promise<void> {
    await tx.$executeRawUnsafe(`SELECT pg_advisory_xact_lock(hashtext('open-reports'))`);
  }

  /** Requirements in force, with the ladder that their plan was imported with. @param planId of one plan, or of all */
  async requirements(tx: Tx, planId?: string): Promise<Requirement[]> {
    const rows = await tx.reportRequirement.findMany({
      where: { retired: false, ...(planId === undefined ? {} : { planId }) },
      include: { plan: { select: { ladders: true } }, reporters: { select: { agencyId: true } } },
      orderBy: { id: 'asc' },
    });
    return rows.flatMap((row) => {
      const ladder = (row.plan.ladders as unknown as Record<string, Ladder>)[row.ladder];
      if (!ladder) throw new Error(`requirement ${row.code} names the ladder ${row.ladder}, which its plan does not have`);
      return [
        {
          ...row,
          dueRule: row.dueRule as unknown as Requirement['dueRule'],
          ladder,
          reporterIds: row.reporters.map((one) => one.agencyId),
        },
      ];
    });
  }

  /** Which reports of these requirements are there, by {@link reportKey}: also those that another agency was asked for first. */
  async opened(tx: Tx, requirementIds: readonly string[]): Promise<Set<string>> {
    const rows = await tx.$queryRawUnsafe<{ requirement_id: string; agency_id: string; period_key: string }[]>(
      `SELECT requirement_id, agency_id, period_key FROM report WHERE requirement_id = ANY($1::uuid[])`,
      [...new Set(requirementIds)],
    );
    return new Set(rows.map((row) => reportKey(row.requirement_id, row.agency_id, row.period_key)));
  }

  /** Those of the obligations that exist and were not cancelled. */
  async notCancelled(tx: Tx, obligationIds: readonly string[]): Promise<Set<string>> {
    const rows = await tx.obligation.findMany({
      where: { id: { in: [...obligationIds] }, state: { not: 'cancelled' } },
      select: { id: true },
    });
    return new Set(rows.map((row) => row.id));
  }

  /** Locks a report to the end of the transaction. @throws DomainError `report-not-found` */
  async hold(tx: Tx, id: string): Promise<HeldReport> {
    await tx.$queryRaw`SELECT id FROM report WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    const row = await tx.report.findUnique({ where: { id } });
    if (!row) throw new DomainError('report-not-found', `There is no report ${id}.`);
    return {
      id: row.id,
      state: row.state as ReportState,
      version: row.version,
      obligationId: row.obligationId,
      submittedAt: row.submittedAt && toInstant(row.submittedAt),
    };
  }

  /** @returns the new version */
  async move(
    tx: Tx,
    id: string,
    to: { state: ReportState; submittedAt?: Temporal.Instant; note?: string; returnedReason?: string | null },
  ): Promise<number> {
    const row = await tx.report.update({
      where: { id },
      data: {
        state: to.state,
        version: { increment: 1 },
        ...(to.submittedAt === undefined ? {} : { submittedAt: toDate(to.submittedAt) }),
        ...(to.note === undefined ? {} : { note: to.note }),
        ...(to.returnedReason === undefined ? {} : { returnedReason: to.returnedReason }),
      },
    });
    return row.version;
  }

  async list(
    filter: {
      state: ReportState | undefined;
      agency: string | undefined;
      periodKey: string | undefined;
      limit: number;
      after: string | undefined;
    },
    now: Temporal.Instant,
  ): Promise<z.output<typeof reportView>[]> {
    const rows = await this.database.report.findMany({
      where: {
        ...(filter.state === undefined ? {} : { state: filter.state }),
        ...(filter.agency === undefined ? {} : { agency: { code: filter.agency } }),
        ...(filter.periodKey === undefined ? {} : { periodKey: filter.periodKey }),
        ...(filter.after === undefined ? {} : { id: { gt: filter.after } }),
      },
      orderBy: { id: 'asc' },
      take: filter.limit,
      include: shown,
    });
    return rows.map((row) => view(row, now));
  }

  async find(id: string, now: Temporal.Instant): Promise<z.output<typeof reportView>> {
    const row = await this.database.report.findUnique({ where: { id }, include: shown });
    if (!row) throw new DomainError('report-not-found', `There is no report ${id}.`);
    return view(row, now);
  }
}

/** One report of one agency for one period. */
export function reportKey(requirementId: string, agencyId: string, periodKey: string): string {
  return `${requirementId}/${agencyId}/${periodKey}`;
}

/** Late is derived: submitted after the moment from which it was overdue, or not submitted and past it. */
export function isLate(submittedAt: Temporal.Instant | null, overdueAt: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(submittedAt ?? now, overdueAt) >= 0;
}

function view(row: ShownReport, now: Temporal.Instant): z.output<typeof reportView> {
  const submittedAt = row.submittedAt && row.state !== 'returned' ? toInstant(row.submittedAt) : null;
  return {
    reportId: row.id,
    requirement: row.requirement.code,
    title: row.requirement.title,
    titleEn: row.requirement.titleEn,
    agency: row.agency.code,
    receiver: row.obligation.creditor.code,
    periodKey: row.periodKey,
    period: row.obligation.period,
    windowFrom: row.windowFrom && dateToPlain(row.windowFrom).toString(),
    windowTo: row.windowTo && dateToPlain(row.windowTo).toString(),
    dueOn: dateToPlain(row.obligation.dueOn).toString(),
    state: row.state as ReportState,
    late: isLate(submittedAt, toInstant(row.obligation.overdueAt), now),
    obligationId: row.obligationId,
    submittedAt: row.submittedAt ? toInstant(row.submittedAt).toString() : null,
    returnedReason: row.returnedReason,
    note: row.note,
    version: row.version,
  };
}
