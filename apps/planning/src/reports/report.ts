import { Temporal } from 'temporal-polyfill';
import { DomainError, type Figures, type ReportForm, type ReportState } from '#contracts';
import { figureFaults, type Completeness } from './form.js';

/** A report as its use cases hold it: locked, in their transaction. */
export interface HeldReport {
  readonly id: string;
  readonly requirementId: string;
  readonly state: ReportState;
  readonly version: number;
  readonly obligationId: string;
  readonly submittedAt: Temporal.Instant | null;
  readonly returnedReason: string | null;
  /** Why a new edition of a closed report is under way: nothing is owed for it. */
  readonly revisedReason: string | null;
  readonly note: string;
  readonly figures: Figures;
  readonly edition: number;
  readonly form: ReportForm;
}

/** Late is derived: submitted after the moment from which it was overdue, or not submitted and past it. */
export function isLate(submittedAt: Temporal.Instant | null, overdueAt: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(submittedAt ?? now, overdueAt) >= 0;
}

/** Written only before it is handed in, and after it was sent back (Circular 08/2019/TT-BTP). */
export function isEditable(state: ReportState): boolean {
  return state === 'draft' || state === 'returned';
}

/** @throws DomainError `figures-invalid` with every fault at its path */
export function mustFit(form: ReportForm, figures: Figures, completeness: Completeness): void {
  const faults = figureFaults(form, figures, completeness);
  const [first] = faults;
  if (!first) return;
  throw new DomainError(
    'figures-invalid',
    `The figures have ${String(faults.length)} faults and nothing was kept. First, ${first.path}: ${first.message}`,
    faults.map((fault) => ({ ...fault })),
  );
}
