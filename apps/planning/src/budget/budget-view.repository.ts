import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { dateToPlain, plainToDate, toInstant } from '#calendar';
import {
  type budgetLineView,
  DomainError,
  type DossierState,
  type expenditureView,
  type getBudget,
  type ReplyOf,
  type shortfallView,
} from '#contracts';
import type { z } from 'zod';
import type { Prisma } from '../generated/prisma/client.js';
import { Database } from '../persistence/database.js';
import { figuresOf, lineOriginOf, sumOf, sumsBy } from './budget.js';

type LineView = z.output<typeof budgetLineView>;
type ShortfallView = z.output<typeof shortfallView>;
type ExpenditureView = z.output<typeof expenditureView>;
type Sources = ReplyOf<typeof getBudget>['sources'];

const shown = {
  lines: { include: { task: { select: { code: true, title: true } } }, orderBy: [{ task: { code: 'asc' } }, { id: 'asc' }] },
  shortfalls: {
    include: { dossiers: { where: { retired: false }, orderBy: { code: 'asc' } } },
    orderBy: [{ declaredAt: 'asc' }, { id: 'asc' }],
  },
} as const satisfies Prisma.BudgetSourceInclude;
type Shown = Prisma.BudgetSourceGetPayload<{ include: typeof shown }>;

/** What people see of the budget of a plan. All money in whole đồng. */
@Injectable()
export class BudgetViews {
  constructor(private readonly database: Database) {}

  /** Retired lines are shown as long as something was ever spent of them. @throws DomainError `plan-not-found` */
  async budget(planId: string, now: Temporal.Instant): Promise<ReplyOf<typeof getBudget>> {
    const plan = await this.database.plan.findUnique({ where: { id: planId }, select: { documentNumber: true } });
    if (!plan) throw new DomainError('plan-not-found', `There is no plan ${planId}. GET /api/v1/plans lists them.`);
    const sources = await this.sources(planId);
    const lines = sources.flatMap((source) => source.lines);
    return {
      planId,
      documentNumber: plan.documentNumber,
      asOf: now.toString(),
      sources,
      totals: {
        all: sumOf(lines),
        bySource: sources.map(({ source, lines }) => ({ source, ...sumOf(lines) })),
        byTask: sumsBy(lines, (line) => line.task).map(({ key, sum }) => ({ task: key, ...sum })),
        byAgency: sumsBy(lines, (line) => line.holder).map(({ key, sum }) => ({ agency: key, ...sum })),
      },
    };
  }

  /** By the day on which it was spent. @param after `day/id` of the last one seen. @throws DomainError `budget-line-not-found` */
  async expenditures(lineId: string, limit: number, after: string | undefined): Promise<ExpenditureView[]> {
    if ((await this.database.budgetLine.count({ where: { id: lineId } })) === 0)
      throw new DomainError('budget-line-not-found', `There is no budget line ${lineId}. GET the budget of a plan for its lines.`);
    const rows = await this.database.expenditure.findMany({
      where: { lineId, ...(after === undefined ? {} : later(after)) },
      orderBy: [{ spentOn: 'asc' }, { id: 'asc' }],
      take: limit,
    });
    const reversals = await this.database.expenditure.findMany({ where: { reversesId: { in: rows.map((row) => row.id) } } });
    const by = new Map(reversals.map((row) => [row.reversesId, row.id]));
    return rows.map((row) => ({
      expenditureId: row.id,
      amount: Number(row.amount),
      spentOn: dateToPlain(row.spentOn).toString(),
      documentNumber: row.documentNumber,
      note: row.note,
      recordedAt: toInstant(row.recordedAt).toString(),
      recordedBy: row.recordedBy,
      reverses: row.reversesId,
      reversedBy: by.get(row.id) ?? null,
    }));
  }

  private async sources(planId: string): Promise<Sources> {
    const rows = await this.database.budgetSource.findMany({ where: { planId }, orderBy: { code: 'asc' }, include: shown });
    const [agencies, spent] = [await this.agencies(), await this.spent(planId)];
    const codeOf = (id: string): string => agencies.get(id) ?? '';
    return rows.map((row) => ({
      source: row.code,
      decision: row.decision,
      holder: codeOf(row.holderId),
      text: row.text,
      condition: row.condition,
      supplementBy: row.supplementById === null ? null : codeOf(row.supplementById),
      lines: row.lines
        .filter((line) => !line.retired || spent.has(line.id))
        .map((line) => lineOf(line, codeOf(line.holderId), spent.get(line.id) ?? 0n)),
      shortfalls: row.shortfalls.map((shortfall) => shortfallOf(shortfall, codeOf(shortfall.holderId))),
      seedId: row.seedId,
      assumption: row.assumption,
    }));
  }

  private async agencies(): Promise<Map<string, string>> {
    const rows = await this.database.agency.findMany({ select: { id: true, code: true } });
    return new Map(rows.map((row) => [row.id, row.code]));
  }

  /** What was spent of the lines of a plan, less what was reversed; lines of which nothing ever was are not in it. */
  private async spent(planId: string): Promise<Map<string, bigint>> {
    const sums = await this.database.expenditure.groupBy({ by: ['lineId'], where: { line: { planId } }, _sum: { amount: true } });
    return new Map(sums.map((row) => [row.lineId, row._sum.amount ?? 0n]));
  }
}

/** Form of the cursor of `expenditures`. */
export const EXPENDITURE_KEY = /^\d{4}-\d{2}-\d{2}\/[0-9a-f-]{36}$/;

function later(key: string): Prisma.ExpenditureWhereInput {
  const [day = '', id = ''] = key.split('/');
  const spentOn = plainToDate(Temporal.PlainDate.from(day));
  return { OR: [{ spentOn: { gt: spentOn } }, { spentOn, id: { gt: id } }] };
}

function lineOf(line: Shown['lines'][number], holder: string, spent: bigint): LineView {
  return {
    lineId: line.id,
    task: line.task.code,
    taskTitle: line.task.title,
    holder,
    origin: lineOriginOf(line),
    ...figuresOf(line.amount, spent),
    dossierId: line.dossierId,
    retired: line.retired,
    version: line.version,
    seedId: line.seedId,
    assumption: line.assumption,
  };
}

function shortfallOf(row: Shown['shortfalls'][number], holder: string): ShortfallView {
  return {
    shortfallId: row.id,
    holder,
    amount: row.amount === null ? null : Number(row.amount),
    reason: row.reason,
    state: row.withdrawnAt ? 'withdrawn' : 'declared',
    declaredAt: toInstant(row.declaredAt).toString(),
    withdrawnAt: row.withdrawnAt && toInstant(row.withdrawnAt).toString(),
    supplements: row.dossiers.map(({ id, code, state }) => ({ dossierId: id, code, state: state as DossierState })),
    version: row.version,
  };
}
