import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { Clock, dateToPlain, toInstant } from '#calendar';
import { DomainError, type Figures, type getReport, type ReplyOf, type reportView, type ReportState } from '#contracts';
import type { Prisma } from '../generated/prisma/client.js';
import { judgedAtOf } from '../obligations/standstill.js';
import { Database } from '../persistence/database.js';
import { isLate } from './report.js';

type ReportInFull = ReplyOf<typeof getReport>;

const shown = { requirement: true, agency: true, obligation: { include: { creditor: true } } } as const;
const inFull = {
  ...shown,
  requirement: { include: { inputs: { include: { input: { select: { code: true } } } } } },
  editions: { orderBy: { edition: 'asc' } },
} as const;
type ShownReport = Prisma.ReportGetPayload<{ include: typeof shown }>;

/** What people see of reports. Late is derived at the moment of asking. */
@Injectable()
export class ReportViews {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async list(filter: {
    state: ReportState | undefined;
    agency: string | undefined;
    periodKey: string | undefined;
    limit: number;
    after: string | undefined;
  }): Promise<z.output<typeof reportView>[]> {
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
    const now = this.clock.now();
    return rows.map((row) => view(row, now));
  }

  /** With its form, its figures and every edition. @throws DomainError `report-not-found` */
  async find(id: string): Promise<ReportInFull> {
    const row = await this.database.report.findUnique({ where: { id }, include: inFull });
    if (!row) throw new DomainError('report-not-found', `There is no report ${id}.`);
    return {
      ...view(row, this.clock.now()),
      type: row.requirement.type as ReportInFull['type'],
      basis: row.requirement.basis,
      outline: row.requirement.outline,
      form: row.requirement.form as ReportInFull['form'],
      figures: row.figures as ReportInFull['figures'],
      editions: row.editions.map((one) => ({
        edition: one.edition,
        submittedAt: toInstant(one.submittedAt).toString(),
        submittedBy: one.submittedBy,
        note: one.note,
        figures: one.figures as Figures,
        reason: one.reason,
      })),
      consolidates: row.requirement.inputs.map(({ input }) => input.code).sort(),
    };
  }
}

function view(row: ShownReport, now: Temporal.Instant): z.output<typeof reportView> {
  const owedAgain = row.state === 'returned' && row.revisedReason === null;
  const submittedAt = row.submittedAt && !owedAgain ? toInstant(row.submittedAt) : null;
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
    // What is owed no more cannot become late.
    late:
      (submittedAt !== null || row.obligation.state === 'open') &&
      isLate(submittedAt, toInstant(row.obligation.overdueAt), judgedAtOf(row.obligation, now)),
    obligationId: row.obligationId,
    submittedAt: row.submittedAt && toInstant(row.submittedAt).toString(),
    firstSubmittedAt: row.obligation.firstFulfilledAt && toInstant(row.obligation.firstFulfilledAt).toString(),
    returnedReason: row.returnedReason,
    excludedReason: row.excludedReason,
    revisedReason: row.revisedReason,
    note: row.note,
    edition: row.edition,
    version: row.version,
  };
}
