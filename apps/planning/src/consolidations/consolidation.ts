import { DomainError, type ReportState } from '#contracts';
import type { ObligationState } from '../obligations/obligation.js';

/** How a report stands when another one consolidates it. */
export type Standing = 'in' | 'missing' | 'excluded';

/** What was put down of it when the consolidating report was put together. */
export interface Recorded {
  readonly standing: Standing;
  readonly edition: number | null;
  readonly reason: string | null;
}

/** A report that a superior puts together with others. */
export interface Input {
  readonly reportId: string;
  readonly state: ReportState;
  /** The one that is being written or was handed in last. */
  readonly edition: number;
  readonly excludedReason: string | null;
  readonly obligationState: ObligationState;
  readonly settledReason: string | null;
  readonly recorded: Recorded | null;
}

/**
 * How a report stands now: accepted ones can be taken in, also when they are in another consolidation already, a month's in the quarter's for one. What
 * is no longer owed counts as excluded, for the reason of its waiver; everything else is missing and is chased (Circular 08/2019/TT-BTP).
 */
export function standingNow(input: Input): Recorded {
  if (input.recorded?.standing === 'excluded') return input.recorded;
  const as = (standing: Standing, reason: string | null = null): Recorded => ({
    standing,
    edition: standing === 'in' ? input.edition : null,
    reason,
  });
  switch (input.state) {
    case 'accepted':
    case 'consolidated':
    case 'closed':
      return as('in');
    case 'excluded':
      return as('excluded', input.excludedReason);
    case 'submitted':
      return as('missing');
    case 'draft':
    case 'returned':
      return input.obligationState === 'waived' ? as('excluded', input.settledReason) : as('missing');
  }
}

/** A consolidation is open while its report is being written. */
export function isOpen(upward: { readonly state: ReportState }): boolean {
  return upward.state === 'draft' || upward.state === 'returned';
}

/**
 * What people see: while the consolidation is open an accepted report that has not been taken in, or was taken in with an older edition, is ready; later
 * it stands as it was put down.
 */
export function shownStanding(input: Input, open: boolean): Omit<Recorded, 'standing'> & { standing: Standing | 'ready' } {
  if (!open) return input.recorded ?? { standing: 'missing', edition: null, reason: null };
  const now = standingNow(input);
  const taken = input.recorded?.standing === 'in' && input.recorded.edition === now.edition;
  return now.standing === 'in' && !taken ? { ...now, standing: 'ready' } : now;
}

/** @throws DomainError `consolidates-nothing` */
export function mustConsolidate(place: { readonly consolidates: boolean }): void {
  if (place.consolidates) return;
  throw new DomainError('consolidates-nothing', 'This report puts no others together: its requirement names none under "consolidates".');
}

/** @throws DomainError `consolidation-closed` */
export function mustBeOpen(upward: { readonly state: ReportState }): void {
  if (isOpen(upward)) return;
  throw new DomainError(
    'consolidation-closed',
    `The consolidating report is ${upward.state}: what is in it stays as it is. Its receiver can return it; a closed one can be revised.`,
  );
}
