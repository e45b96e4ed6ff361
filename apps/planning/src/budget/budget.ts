import type { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { type addBudgetLine, type budgetSum, DomainError, type LineOrigin, type ReplyOf, type ShortfallState } from '#contracts';
import { stableId } from '../plans/stable-id.js';

/** The same for the same task and source of a plan: what the plan file states has this id, what was added by hand has another. */
export const budgetLineIdOf = (planId: string, taskId: string, sourceId: string): string =>
  stableId('budget-line', planId, taskId, sourceId);

interface Origin {
  readonly id: string;
  readonly planId: string;
  readonly taskId: string;
  readonly sourceId: string;
  readonly dossierId: string | null;
}

export function lineOriginOf({ id, planId, taskId, sourceId, dossierId }: Origin): LineOrigin {
  if (dossierId !== null) return 'supplement';
  return id === budgetLineIdOf(planId, taskId, sourceId) ? 'plan-file' : 'by-hand';
}

/** A task that somebody means to fund, or has funded. */
export interface Funded {
  /** As in the plan file: `II.2.a` is a part of `II.2`. */
  readonly code: string;
  readonly title: string;
}

/**
 * What is funded as another task already: the same task again, under whatever number, or a part of a task that is funded as a whole (SEED-19, SEED-41).
 * Pure. @returns the place in the list and the code of the other one
 */
export function fundedTwice(funded: readonly Funded[]): { readonly index: number; readonly other: string }[] {
  const codes = new Set(funded.map(({ code }) => code));
  const before = new Map<string, string>();
  return funded.flatMap(({ code, title }, index) => {
    const keys = [`code ${code}`, `title ${title.toLowerCase().replaceAll(/\s+/g, ' ')}`];
    const same = keys.map((key) => before.get(key)).find((one) => one !== undefined);
    for (const key of keys) if (!before.has(key)) before.set(key, code);
    const other = same ?? wholesOf(code).find((whole) => codes.has(whole));
    return other === undefined ? [] : [{ index, other }];
  });
}

/** `II.2.a` is a part of `II.2` and of `II`. */
function wholesOf(code: string): string[] {
  const parts = code.split('.');
  return parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join('.'));
}

/** A line as its use cases hold it: locked, in their transaction. */
export interface HeldLine extends Origin {
  readonly task: string;
  readonly amount: bigint | null;
  /** Less what was reversed. */
  readonly spent: bigint;
  readonly retired: boolean;
  readonly version: number;
  readonly state: 'active' | 'retired';
}

export interface HeldSource {
  readonly id: string;
  readonly planId: string;
  readonly code: string;
  readonly holderId: string;
  /** Code of the holder. */
  readonly holder: string;
  readonly supplementById: string | null;
}

export interface HeldShortfall {
  readonly id: string;
  readonly source: HeldSource;
  /** Who declared it. */
  readonly holderId: string;
  readonly state: ShortfallState;
  readonly version: number;
  /** Codes of the dossiers that stand on it and were not given up. */
  readonly supplements: readonly string[];
}

/**
 * No more is spent than there is; where the amount is not known, nobody can say so.
 * @throws DomainError `budget-exceeded`
 */
export function mustFit(task: string, amount: bigint | null, spent: bigint): void {
  if (amount === null || spent <= amount) return;
  throw new DomainError(
    'budget-exceeded',
    `Spending on ${task} would come to ${String(spent)} đồng of ${String(amount)}. Change the amount by a decision first, or let the holder declare a shortfall and ask for a supplement.`,
    [{ amount: Number(amount), spent: Number(spent) }],
  );
}

/** @throws DomainError `budget-line-retired` */
export function mustGiveMoney({ task, retired }: HeldLine): void {
  if (!retired) return;
  throw new DomainError(
    'budget-line-retired',
    `This line gives ${task} no money any more. GET the budget of the plan for the lines that do.`,
  );
}

/** @throws DomainError `shortfall-withdrawn` */
export function mustBeDeclared({ state }: HeldShortfall): void {
  if (state !== 'declared')
    throw new DomainError(
      'shortfall-withdrawn',
      'This shortfall was withdrawn: declare another one if the source still cannot be balanced.',
    );
}

/** What whoever changed a line is answered. */
export function movedLine(
  line: Pick<HeldLine, 'id' | 'amount' | 'spent' | 'retired' | 'version'>,
  at: Temporal.Instant,
): ReplyOf<typeof addBudgetLine> {
  const { id, amount, spent, retired, version } = line;
  return { lineId: id, ...figuresOf(amount, spent), retired, version, at: at.toString() };
}

/** What a line gives and what is left of it, in whole đồng; null where that is not known. */
export function figuresOf(amount: bigint | null, spent: bigint): { amount: number | null; spent: number; remaining: number | null } {
  return {
    amount: amount === null ? null : Number(amount),
    spent: Number(spent),
    remaining: amount === null ? null : Number(amount - spent),
  };
}

export type BudgetSum = z.output<typeof budgetSum>;

interface Counted {
  readonly amount: number | null;
  readonly spent: number;
  readonly retired: boolean;
}

/** What is known of lines together: retired ones give nothing, and what was spent of them stays spent. Pure. */
export function sumOf(lines: readonly Counted[]): BudgetSum {
  const giving = lines.filter((line) => !line.retired);
  const known = giving.flatMap(({ amount, spent }) => (amount === null ? [] : [{ amount, left: amount - spent }]));
  const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);
  return {
    lines: giving.length,
    linesWithoutAmount: giving.length - known.length,
    amount: known.length === 0 ? null : total(known.map((line) => line.amount)),
    spent: total(lines.map((line) => line.spent)),
    remaining: known.length === 0 ? null : total(known.map((line) => line.left)),
  };
}

/** Sums by a key, in the order in which the keys first come. Pure. */
export function sumsBy<Line extends Counted>(lines: readonly Line[], keyOf: (line: Line) => string): { key: string; sum: BudgetSum }[] {
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    const group = groups.get(keyOf(line));
    if (group) group.push(line);
    else groups.set(keyOf(line), [line]);
  }
  return [...groups].map(([key, group]) => ({ key, sum: sumOf(group) }));
}
