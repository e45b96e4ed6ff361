import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { dateToPlain, toDate } from '#calendar';
import {
  DomainError,
  type findingView,
  type getInspection,
  type inspectionView,
  type listInspections,
  type PayloadOf,
  type ReplyOf,
} from '#contracts';
import type { Prisma } from '../generated/prisma/client.js';
import { HistoryRepository } from '../history/history.repository.js';
import { judgedAtOf } from '../obligations/standstill.js';
import { Database } from '../persistence/database.js';

type View = z.output<typeof inspectionView>;
type FindingView = z.output<typeof findingView>;

const shown = {
  task: { select: { code: true } },
  agency: { select: { code: true } },
  findings: { include: { obligation: true }, orderBy: { ordinal: 'asc' } },
} as const satisfies Prisma.InspectionInclude;
type Shown = Prisma.InspectionGetPayload<{ include: typeof shown }>;

/** What people see of inspections. Overdue is derived at the moment of asking. */
@Injectable()
export class InspectionViews {
  constructor(
    private readonly database: Database,
    private readonly history: HistoryRepository,
  ) {}

  /** In order of their id. */
  async list(filter: PayloadOf<typeof listInspections>, after: string | undefined, limit: number, now: Temporal.Instant): Promise<View[]> {
    const rows = await this.database.inspection.findMany({
      where: {
        ...(filter.planId === undefined ? {} : { planId: filter.planId }),
        ...(filter.agency === undefined ? {} : { agency: { code: filter.agency } }),
        ...(filter.state === undefined ? {} : { state: filter.state }),
        ...(filter.finding === undefined ? {} : { findings: { some: { state: filter.finding } } }),
        ...(after === undefined ? {} : { id: { gt: after } }),
      },
      orderBy: { id: 'asc' },
      take: limit,
      include: shown,
    });
    return this.views(rows, now);
  }

  /** @throws DomainError `inspection-not-found` */
  async story(id: string, now: Temporal.Instant): Promise<ReplyOf<typeof getInspection>> {
    const row = await this.database.inspection.findUnique({ where: { id }, include: shown });
    const [view] = row ? await this.views([row], now) : [];
    if (!view) throw new DomainError('inspection-not-found', `There is no inspection ${id}. GET /api/v1/inspections lists them.`);
    return { ...view, history: await this.history.of(id) };
  }

  private async views(rows: readonly Shown[], now: Temporal.Instant): Promise<View[]> {
    const leads = await this.database.agency.findMany({
      where: { id: { in: rows.map((row) => row.leadId) } },
      select: { id: true, code: true },
    });
    return rows.map((row) => ({
      inspectionId: row.id,
      planId: row.planId,
      taskId: row.taskId,
      task: row.task?.code ?? null,
      agency: row.agency.code,
      lead: leads.find((one) => one.id === row.leadId)?.code ?? '',
      plannedOn: dateToPlain(row.plannedOn).toString(),
      heldOn: row.heldOn && dateToPlain(row.heldOn).toString(),
      state: row.state as View['state'],
      summary: row.summary,
      findings: row.findings.map((finding) => findingOf(finding, now)),
      version: row.version,
    }));
  }
}

function findingOf({ obligation, ...finding }: Shown['findings'][number], now: Temporal.Instant): FindingView {
  return {
    findingId: finding.id,
    ordinal: finding.ordinal,
    text: finding.text,
    remedy: finding.remedy,
    state: finding.state as FindingView['state'],
    answer: finding.answer,
    obligationId: finding.obligationId,
    obligationState: obligation.state as FindingView['obligationState'],
    dueOn: dateToPlain(obligation.dueOn).toString(),
    overdue: obligation.state === 'open' && obligation.overdueAt <= toDate(judgedAtOf(obligation, now)),
    version: finding.version,
  };
}
