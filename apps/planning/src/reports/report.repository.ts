import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { toDate, toInstant } from '#calendar';
import { DomainError, type Figures, type ReportForm, type ReportState } from '#contracts';
import { HistoryRepository, type HistoryLine } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import type { HeldReport } from './report.js';

/** What a use case writes of a report beside its state; what is not given stays. */
export interface ReportChange {
  readonly state: ReportState;
  readonly submittedAt?: Temporal.Instant;
  readonly returnedReason?: string | null;
  readonly excludedReason?: string | null;
  readonly revisedReason?: string | null;
  readonly note?: string | undefined;
  readonly figures?: Figures | undefined;
  readonly edition?: number;
}

/** Reports and their editions. Several reports are locked from the one that consolidates to what it consolidates, those in the order of their ids. */
@Injectable()
export class ReportRepository {
  constructor(private readonly history: HistoryRepository) {}

  /** One at a time opens reports. Held to the end of the transaction. */
  async lockOpening(tx: Tx): Promise<void> {
    await tx.$executeRawUnsafe(`SELECT pg_advisory_xact_lock(hashtext('open-reports'))`);
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
    const row = await tx.report.findUnique({ where: { id }, include: { requirement: { select: { form: true } } } });
    if (!row) throw new DomainError('report-not-found', `There is no report ${id}.`);
    return {
      id: row.id,
      requirementId: row.requirementId,
      state: row.state as ReportState,
      version: row.version,
      obligationId: row.obligationId,
      submittedAt: row.submittedAt && toInstant(row.submittedAt),
      returnedReason: row.returnedReason,
      revisedReason: row.revisedReason,
      note: row.note,
      figures: row.figures as Figures,
      edition: row.edition,
      form: row.requirement.form as unknown as ReportForm,
    };
  }

  /** Changes a report that is held. @returns the new version */
  async move(tx: Tx, id: string, to: ReportChange): Promise<number> {
    const { submittedAt, note, figures, ...rest } = to;
    const row = await tx.report.update({
      where: { id },
      data: {
        ...rest,
        version: { increment: 1 },
        ...(submittedAt === undefined ? {} : { submittedAt: toDate(submittedAt) }),
        ...(note === undefined ? {} : { note }),
        ...(figures === undefined ? {} : { figures: figures }),
      },
    });
    return row.version;
  }

  /** Keeps what was handed in. */
  async keepEdition(
    tx: Tx,
    report: HeldReport,
    handedIn: { note: string; figures: Figures; submittedBy: string; at: Temporal.Instant },
  ): Promise<void> {
    await tx.reportEdition.create({
      data: {
        reportId: report.id,
        edition: report.edition,
        submittedAt: toDate(handedIn.at),
        submittedBy: handedIn.submittedBy,
        note: handedIn.note,
        figures: handedIn.figures,
        reason: report.revisedReason,
      },
    });
  }

  tell(tx: Tx, line: { reportId: string } & Omit<HistoryLine, 'subject' | 'subjectId'>): Promise<void> {
    const { reportId, ...told } = line;
    return this.history.tell(tx, [{ subject: 'report', subjectId: reportId, ...told }]);
  }
}

/** One report of one agency for one period. */
export function reportKey(requirementId: string, agencyId: string, periodKey: string): string {
  return `${requirementId}/${agencyId}/${periodKey}`;
}
