import type { Temporal } from 'temporal-polyfill';
import { DomainError, MOST_DONG, type DossierKind, type DossierState } from '#contracts';

/** `{ field: text or number }`: what a version asks for. */
export type DossierContent = Readonly<Record<string, string | number>>;

/** A dossier as its use cases hold it: locked, in their transaction. */
export interface HeldDossier {
  readonly id: string;
  readonly planId: string;
  readonly planDocument: string;
  readonly code: string;
  readonly kind: DossierKind;
  readonly title: string;
  readonly titleEn: string;
  readonly taskId: string | null;
  readonly submitterId: string;
  readonly approverId: string;
  /** Who has to answer; see `answeringAgency`. */
  readonly answererId: string;
  /** Working days. */
  readonly answerWithin: number;
  readonly submitBy: Temporal.PlainDate | null;
  readonly ladder: string;
  readonly shortfallId: string | null;
  readonly state: DossierState;
  readonly version: number;
  readonly submissionObligationId: string | null;
  /** The version that is written, or was handed in last. */
  readonly current: {
    readonly number: number;
    readonly state: 'draft' | 'submitted' | 'returned' | 'approved';
    readonly summary: string;
    readonly content: DossierContent;
    readonly answerObligationId: string | null;
  };
}

/**
 * Which of the dossiers that gate a task keep it shut: of each kind all, until one of them is approved. A task that carries several events out begins
 * with the first event whose plan is approved, and each event waits for its own (SEED-47). A withdrawn dossier opens nothing. Pure.
 */
export function keepingShut<Gating extends { readonly kind: string; readonly state: string }>(gating: readonly Gating[]): Gating[] {
  const opened = new Set(gating.filter((dossier) => dossier.state === 'approved').map((dossier) => dossier.kind));
  return gating.filter((dossier) => !opened.has(dossier.kind));
}

/** @throws DomainError `dossier-not-submitted` */
export function mustBeSubmitted(dossier: HeldDossier): void {
  if (dossier.state !== 'submitted')
    throw new DomainError('dossier-not-submitted', `Only a dossier that was handed in can be answered; this one is ${dossier.state}.`);
}

/** Field of a supplement's content that says how much, in whole đồng. */
export const AMOUNT_FIELD = 'amount';

/** What a supplement asks for, in whole đồng. @throws DomainError `supplement-amount-missing` */
export function supplementAmount(content: DossierContent): bigint {
  const amount = content[AMOUNT_FIELD];
  if (typeof amount === 'number' && Number.isSafeInteger(amount) && amount > 0 && amount <= MOST_DONG) return BigInt(amount);
  throw new DomainError(
    'supplement-amount-missing',
    `A supplement says how much it asks for: save a draft with "${AMOUNT_FIELD}", a whole number of đồng above 0 and up to ${String(MOST_DONG)}.`,
  );
}

export interface ComparedLine {
  readonly change: 'same' | 'added' | 'removed';
  readonly line: string;
}

export interface Comparison {
  readonly fields: {
    readonly added: { field: string; value: string | number }[];
    readonly removed: { field: string; value: string | number }[];
    readonly changed: { field: string; from: string | number; to: string | number }[];
  };
  readonly summary: ComparedLine[];
}

interface Compared {
  readonly summary: string;
  readonly content: DossierContent;
}

/** What `to` says that `from` does not, in the order of the fields' names. Pure. */
export function compareVersions(from: Compared, to: Compared): Comparison {
  const before = new Map(Object.entries(from.content));
  const after = new Map(Object.entries(to.content));
  const names = [...new Set([...before.keys(), ...after.keys()])].sort((a, b) => a.localeCompare(b, 'vi'));
  const fields: Comparison['fields'] = { added: [], removed: [], changed: [] };
  for (const field of names) {
    const [old, value] = [before.get(field), after.get(field)];
    if (value === undefined) fields.removed.push({ field, value: old ?? '' });
    else if (old === undefined) fields.added.push({ field, value });
    else if (old !== value) fields.changed.push({ field, from: old, to: value });
  }
  return { fields, summary: compareLines(from.summary, to.summary) };
}

/** The shortest way from one text to the other by whole lines: removed lines stand before the added ones that take their place. Pure. */
export function compareLines(from: string, to: string): ComparedLine[] {
  const [before, after] = [linesOf(from), linesOf(to)];
  const common = commonFrom(before, after);
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0;
  const compared: ComparedLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, line] = [before[i], after[j]];
    if (old !== undefined && old === line) {
      compared.push({ change: 'same', line });
      [i, j] = [i + 1, j + 1];
    } else if (line === undefined || (old !== undefined && at(i + 1, j) >= at(i, j + 1))) {
      compared.push({ change: 'removed', line: old ?? '' });
      i += 1;
    } else {
      compared.push({ change: 'added', line });
      j += 1;
    }
  }
  return compared;
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}

/** Length of the longest common sequence of lines from each pair of positions on. */
function commonFrom(before: readonly string[], after: readonly string[]): number[][] {
  const table = Array.from({ length: before.length + 1 }, () => Array<number>(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    const [row, below] = [table[i] ?? [], table[i + 1] ?? []];
    for (let j = after.length - 1; j >= 0; j -= 1)
      row[j] = before[i] === after[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
  }
  return table;
}
