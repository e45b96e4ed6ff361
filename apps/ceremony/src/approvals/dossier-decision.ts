import { Temporal } from 'temporal-polyfill';
import type { dossierDecided, PayloadOf } from '#contracts';

/** What was decided on a dossier, as planning last told it. An event may go on only when its dossier is `approved` (SEED-47). */
export interface DossierDecision {
  readonly dossierId: string;
  readonly planId: string;
  readonly planDocument: string;
  readonly code: string;
  readonly kind: string;
  readonly taskCode: string | null;
  readonly outcome: 'approved' | 'returned' | 'withdrawn';
  /** Which version of the document was decided on. */
  readonly number: number;
  /** The document that approves it; null unless approved. */
  readonly approval: string | null;
  readonly approvedOn: Temporal.PlainDate | null;
  readonly decidedAt: Temporal.Instant;
  /** Grows with every change at planning; the highest wins. */
  readonly version: number;
}

export function decisionOf({ at, approvedOn, ...event }: PayloadOf<typeof dossierDecided>): DossierDecision {
  return {
    ...event,
    approvedOn: approvedOn === null ? null : Temporal.PlainDate.from(approvedOn),
    decidedAt: Temporal.Instant.from(at),
  };
}
