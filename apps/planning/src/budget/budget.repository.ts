import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { plainToDate, toDate } from '#calendar';
import { DomainError } from '#contracts';
import { currentTrace } from '#observability';
import { HistoryRepository, type HistoryLine } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { stableId } from '../plans/stable-id.js';
import type { Funded, HeldLine, HeldShortfall, HeldSource } from './budget.js';

interface Recorded {
  readonly id: string;
  readonly lineId: string;
  readonly amount: bigint;
  readonly spentOn: Temporal.PlainDate;
  readonly documentNumber: string;
  readonly note: string;
  readonly at: Temporal.Instant;
  readonly reversesId?: string;
}

/** Lines, expenditures and shortfalls. Every change happens under the lock of the line or the shortfall, of the plan where lines are added. */
@Injectable()
export class BudgetRepository {
  constructor(private readonly history: HistoryRepository) {}

  /** One at a time decides what is funded. Locks the plan to the end of the transaction. @throws DomainError `plan-not-found` */
  async holdPlan(tx: Tx, planId: string): Promise<void> {
    const held = await tx.$queryRaw<unknown[]>`SELECT id FROM plan WHERE id = ${planId}::uuid FOR NO KEY UPDATE`;
    if (held.length === 0) throw new DomainError('plan-not-found', `There is no plan ${planId}. GET /api/v1/plans lists them.`);
  }

  /** What has a line that gives money and is no supplement. */
  async funded(tx: Tx, planId: string): Promise<Funded[]> {
    const rows = await tx.budgetLine.findMany({
      where: { planId, retired: false, dossierId: null },
      select: { task: { select: { code: true, title: true } } },
      orderBy: { task: { code: 'asc' } },
    });
    return rows.map((row) => row.task);
  }

  /** @throws DomainError `task-not-found` */
  async task(tx: Tx, planId: string, code: string): Promise<Funded & { id: string }> {
    const row = await tx.task.findFirst({ where: { planId, code, retired: false }, select: { id: true, code: true, title: true } });
    if (!row) throw new DomainError('task-not-found', `The plan has no task ${code}. GET /api/v1/tasks lists them.`);
    return row;
  }

  /** @throws DomainError `budget-source-not-found` */
  async source(tx: Tx, planId: string, code: string): Promise<HeldSource> {
    const row = await tx.budgetSource.findUnique({ where: { planId_code: { planId, code } }, select: { id: true } });
    if (row) return this.sourceById(tx, row.id);
    throw new DomainError(
      'budget-source-not-found',
      `The plan has no budget source ${code}. GET the budget of the plan for those that it has.`,
    );
  }

  async sourceById(tx: Tx, id: string): Promise<HeldSource> {
    const row = await tx.budgetSource.findUniqueOrThrow({ where: { id } });
    return { ...row, holder: await this.agencyCode(tx, row.holderId) };
  }

  async agencyCode(tx: Tx, id: string): Promise<string> {
    return (await tx.agency.findUniqueOrThrow({ where: { id }, select: { code: true } })).code;
  }

  /** Locks a line to the end of the transaction. @throws DomainError `budget-line-not-found` */
  async hold(tx: Tx, id: string): Promise<HeldLine> {
    await tx.$queryRaw`SELECT id FROM budget_line WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    const row = await tx.budgetLine.findUnique({ where: { id }, include: { task: { select: { code: true } } } });
    if (!row) throw new DomainError('budget-line-not-found', `There is no budget line ${id}. GET the budget of a plan for its lines.`);
    const { task, ...line } = row;
    return { ...line, task: task.code, spent: await this.spent(tx, id), state: line.retired ? 'retired' : 'active' };
  }

  async spent(tx: Tx, lineId: string): Promise<bigint> {
    return (await tx.expenditure.aggregate({ where: { lineId }, _sum: { amount: true } }))._sum.amount ?? 0n;
  }

  async add(
    tx: Tx,
    line: { id: string; planId: string; taskId: string; source: HeldSource; amount: bigint | null; dossierId?: string; retired?: boolean },
  ): Promise<void> {
    const { source, ...row } = line;
    await tx.budgetLine.create({ data: { ...row, sourceId: source.id, holderId: source.holderId } });
  }

  /** The line of a supplement that is approved, in the transaction of its approval; the task has it beside the one that it had (SEED-39). */
  async addSupplement(
    tx: Tx,
    { id: dossierId, planId, taskId, shortfallId }: { id: string; planId: string; taskId: string | null; shortfallId: string | null },
    amount: bigint,
    at: Temporal.Instant,
  ): Promise<void> {
    if (taskId === null || shortfallId === null) throw new Error(`the supplement ${dossierId} names no task or no shortfall`);
    // A dossier stands on it, so nobody can withdraw it: it needs no lock.
    const { sourceId } = await tx.shortfall.findUniqueOrThrow({ where: { id: shortfallId } });
    const source = await this.sourceById(tx, sourceId);
    const { code, retired } = await tx.task.findUniqueOrThrow({ where: { id: taskId } });
    const id = stableId('budget-line-of-supplement', dossierId);
    await this.add(tx, { id, planId, taskId, source, amount, dossierId, retired });
    const detail = { task: code, source: source.code, amount: Number(amount), dossierId };
    await this.tell(tx, id, { at, what: 'supplement-added', detail });
  }

  /** Whether a source has a line that gives the task money. */
  async pays(tx: Tx, sourceId: string, taskId: string): Promise<boolean> {
    return (await tx.budgetLine.count({ where: { sourceId, taskId, retired: false } })) > 0;
  }

  /** Changes a line that is held. @returns its new version */
  async change(tx: Tx, id: string, to: { amount?: bigint; retired?: boolean } = {}): Promise<number> {
    return (await tx.budgetLine.update({ where: { id }, data: { ...to, version: { increment: 1 } } })).version;
  }

  /** Of a line that is held. @returns the line's new version */
  async record(tx: Tx, { at, spentOn, ...row }: Recorded): Promise<number> {
    const recordedBy = currentTrace()?.actor ?? 'service:planning';
    await tx.expenditure.create({ data: { ...row, spentOn: plainToDate(spentOn), recordedAt: toDate(at), recordedBy } });
    return this.change(tx, row.lineId);
  }

  /** The line of an expenditure, to be held first. @throws DomainError `expenditure-not-found` */
  async lineOf(tx: Tx, expenditureId: string): Promise<string> {
    const row = await tx.expenditure.findUnique({ where: { id: expenditureId }, select: { lineId: true } });
    if (row) return row.lineId;
    throw new DomainError('expenditure-not-found', `There is no expenditure ${expenditureId}. GET the expenditures of its line.`);
  }

  /** With its line held. */
  async expenditure(tx: Tx, id: string): Promise<{ amount: bigint; reversesId: string | null; reversed: boolean }> {
    const { amount, reversesId } = await tx.expenditure.findUniqueOrThrow({ where: { id } });
    return { amount, reversesId, reversed: (await tx.expenditure.count({ where: { reversesId: id } })) > 0 };
  }

  /** With the plan held, so that no import takes the source out of it meanwhile. */
  async declare(
    tx: Tx,
    shortfall: { id: string; source: HeldSource; amount: bigint | null; reason: string; at: Temporal.Instant; by: string },
  ): Promise<void> {
    const { source, at, by, ...row } = shortfall;
    await tx.shortfall.create({ data: { ...row, sourceId: source.id, holderId: source.holderId, declaredAt: toDate(at), declaredBy: by } });
  }

  /** Locks a shortfall to the end of the transaction. @throws DomainError `shortfall-not-found` */
  async holdShortfall(tx: Tx, id: string): Promise<HeldShortfall> {
    await tx.$queryRaw`SELECT id FROM shortfall WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    const row = await tx.shortfall.findUnique({
      where: { id },
      include: { dossiers: { where: { state: { not: 'withdrawn' }, retired: false }, select: { code: true }, orderBy: { code: 'asc' } } },
    });
    if (!row) throw new DomainError('shortfall-not-found', `There is no shortfall ${id}. GET the budget of the plan for those declared.`);
    return {
      id,
      source: await this.sourceById(tx, row.sourceId),
      holderId: row.holderId,
      state: row.withdrawnAt ? 'withdrawn' : 'declared',
      version: row.version,
      supplements: row.dossiers.map((dossier) => dossier.code),
    };
  }

  /** Changes a shortfall that is held. @returns its new version */
  async changeShortfall(tx: Tx, id: string, to: { withdrawnAt?: Temporal.Instant } = {}): Promise<number> {
    const data = { ...(to.withdrawnAt ? { withdrawnAt: toDate(to.withdrawnAt) } : {}), version: { increment: 1 } };
    return (await tx.shortfall.update({ where: { id }, data })).version;
  }

  /** @param subjectId a line or a shortfall */
  tell(tx: Tx, subjectId: string, line: Omit<HistoryLine, 'subject' | 'subjectId'>): Promise<void> {
    return this.history.tell(tx, [{ subject: 'budget', subjectId, ...line }]);
  }
}
