import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { DomainError } from '#contracts';
import { compareRows, type Change } from '#plan-files';
import { agencyIdOf } from '../agencies/agency.repository.js';
import type { Tx } from '../persistence/database.js';
import { seedText, type PlanFile } from '../plans/plan-file.js';
import { stableId } from '../plans/stable-id.js';
import { budgetLineIdOf, fundedTwice, lineOriginOf, mustFit } from './budget.js';
import { BudgetRepository } from './budget.repository.js';

type Stored = Awaited<ReturnType<SynchroniseBudget['hold']>>[number];
type Wanted = ReturnType<typeof wantedLines>[number]['row'];

/**
 * Makes the budget lines those of the plan file: a task that names its source has one, held by whoever holds the source. A line whose task left the
 * file, or changed its source, gives no money any more; what was spent of it stays. What a decision added stays as long as its task does.
 */
@Injectable()
export class SynchroniseBudget {
  constructor(private readonly budget: BudgetRepository) {}

  /**
   * In the transaction of the import, after sources and tasks, with the plan locked.
   * @returns what changed. @throws DomainError `already-funded`, `budget-exceeded`, `budget-source-in-use`
   */
  async execute(tx: Tx, planId: string, file: PlanFile, at: Temporal.Instant): Promise<Change[]> {
    const lines = await this.hold(tx, planId);
    mustFundOnce(lines, file);
    const changes = [...(await this.follow(tx, lines, file, at)), ...(await this.state(tx, planId, lines, file, at))];
    await this.forgetSources(tx, planId, file);
    return changes;
  }

  private async hold(tx: Tx, planId: string) {
    await tx.$queryRaw`SELECT id FROM budget_line WHERE plan_id = ${planId}::uuid ORDER BY id FOR NO KEY UPDATE`;
    return tx.budgetLine.findMany({ where: { planId }, orderBy: { id: 'asc' }, include: { task: true, source: true } });
  }

  /** Lines that the file states. */
  private async state(tx: Tx, planId: string, lines: readonly Stored[], file: PlanFile, at: Temporal.Instant): Promise<Change[]> {
    const before = new Map(lines.filter((line) => lineOriginOf(line) === 'plan-file').map((line) => [line.id, line]));
    const giving = new Map([...before].filter(([, line]) => !line.retired).map(([id, line]) => [id, { ...line, stated: statedOf(line) }]));
    const entries = wantedLines(planId, file);
    const { added, changed, retired } = compareRows('budget line', giving, new Map(entries.map(({ row }) => [row.id, row])));
    const keys = new Map(entries.map(({ row, key }) => [row.id, key]));
    const written = [
      ...added.map((row) => ({ row, change: 'added' as const, fields: [] as string[] })),
      ...changed.map((one) => ({ ...one, change: 'changed' as const })),
    ];
    // First what ends: a task has one line at a time.
    for (const id of retired) await this.retire(tx, id, at);
    for (const { row, change, fields } of written) {
      const amount = await this.write(tx, row, before.get(row.id), keys.get(row.id) ?? '');
      await this.budget.tell(tx, row.id, { at, what: change, detail: { line: keys.get(row.id) ?? '', amount, fields } });
    }
    const leaving = retired.flatMap((id) => before.get(id) ?? []);
    return [
      ...written.map(({ row, change, fields }) => ({ what: 'budget line', key: keys.get(row.id) ?? '', change, fields })),
      ...leaving.map((line) => ({
        what: 'budget line',
        key: keyOf(line.task.code, line.source.code),
        change: 'retired' as const,
        fields: [],
      })),
    ];
  }

  /** The amount follows the file only when the file changes it, so that the same file again undoes no decision. @returns the amount now */
  private async write(tx: Tx, row: Wanted, stored: Stored | undefined, key: string): Promise<number | null> {
    const follows = row.stated !== null && (!stored || statedOf(stored) !== row.stated);
    const given = follows ? { amount: BigInt(row.stated ?? 0) } : {};
    const { amount } = await tx.budgetLine.upsert({
      where: { id: row.id },
      create: { ...row, ...given },
      update: { ...row, ...given, version: { increment: 1 } },
    });
    mustFit(key, amount, await this.budget.spent(tx, row.id));
    return amount === null ? null : Number(amount);
  }

  private async retire(tx: Tx, id: string, at: Temporal.Instant): Promise<void> {
    await this.budget.change(tx, id, { retired: true });
    await this.budget.tell(tx, id, { at, what: 'retired', reason: 'left the plan file' });
  }

  /** Lines of decisions: gone with their task; those of a supplement come back with it. The holder of what gives money is the source's. */
  private async follow(tx: Tx, lines: readonly Stored[], file: PlanFile, at: Temporal.Instant): Promise<Change[]> {
    const tasks = new Set(file.tasks.map((task) => task.code));
    const changes: Change[] = [];
    for (const { id, planId, dossierId, source, task, ...line } of lines) {
      if (lineOriginOf({ id, planId, dossierId, taskId: task.id, sourceId: source.id }) === 'plan-file') continue;
      const retired = !tasks.has(task.code) || (line.retired && dossierId === null);
      const fields = [
        ...(retired || line.holderId === source.holderId ? [] : ['holderId']),
        ...(line.retired === retired ? [] : ['retired']),
      ];
      if (fields.length === 0) continue;
      await tx.budgetLine.update({
        where: { id },
        data: { ...(retired ? {} : { holderId: source.holderId }), retired, version: { increment: 1 } },
      });
      await this.budget.tell(tx, id, { at, what: 'changed', reason: 'changed in the plan file', detail: { retired, fields } });
      changes.push({ what: 'budget line', key: keyOf(task.code, source.code), change: 'changed', fields });
    }
    return changes;
  }

  /** A source that left the file is forgotten with its lines, unless money that was spent, a decision or a shortfall stands on it. */
  private async forgetSources(tx: Tx, planId: string, file: PlanFile): Promise<void> {
    const left = { planId, code: { notIn: file.budgetSources.map((source) => source.code) } };
    const stands = [
      { shortfalls: { some: {} } },
      { lines: { some: { OR: [{ retired: false }, { expenditures: { some: {} } }, { dossierId: { not: null } }] } } },
    ];
    const used = await tx.budgetSource.findMany({ where: { ...left, OR: stands }, orderBy: { code: 'asc' } });
    if (used.length > 0)
      throw new DomainError(
        'budget-source-in-use',
        `Nothing was imported: ${used.map(({ code }) => code).join(', ')} has money spent, a line that a decision added, or a declared shortfall. Put it back under budgetSources; its tasks may name another source.`,
        used.map(({ code }) => ({ source: code })),
      );
    await tx.budgetLine.deleteMany({ where: { planId, source: left } });
    await tx.budgetSource.deleteMany({ where: left });
  }
}

/** The file alone was checked before; here it meets what decisions added (SEED-41). @throws DomainError `already-funded` */
function mustFundOnce(lines: readonly Stored[], file: PlanFile): void {
  const byHand = new Set(lines.filter((line) => !line.retired && lineOriginOf(line) === 'by-hand').map((line) => line.task.code));
  const funded = [...file.tasks.filter((task) => task.budgetSource !== undefined), ...file.tasks.filter((task) => byHand.has(task.code))];
  const [twice] = fundedTwice(funded);
  if (!twice) return;
  const task = funded[twice.index]?.code ?? '';
  throw new DomainError(
    'already-funded',
    `Nothing was imported: ${task} would be funded as ${twice.other} already is, one of the two by a line that was added by hand. Take that line back, or leave budgetSource out in the file.`,
    [{ task, fundedAs: twice.other }],
  );
}

/** A line as the file states it, with its key for people: task and source. */
function wantedLines(planId: string, file: PlanFile) {
  const sources = new Map(file.budgetSources.map((source) => [source.code, source]));
  return file.tasks.flatMap((task) => {
    const source = task.budgetSource === undefined ? undefined : sources.get(task.budgetSource);
    if (!source) return [];
    const ids = { planId, taskId: stableId('task', planId, task.code), sourceId: stableId('budget-source', planId, source.code) };
    const row = {
      id: budgetLineIdOf(ids.planId, ids.taskId, ids.sourceId),
      ...ids,
      holderId: agencyIdOf(source.holder),
      stated: task.budgetAmount ?? null,
      seedId: seedText(source),
      assumption: source.assumption ?? null,
      retired: false,
    };
    return [{ row, key: keyOf(task.code, source.code) }];
  });
}

const keyOf = (task: string, source: string): string => `${task}/${source}`;
const statedOf = ({ stated }: { stated: bigint | null }): number | null => (stated === null ? null : Number(stated));
