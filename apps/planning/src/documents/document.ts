import type { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import type { cityListItem, documentStates, lateAgencies } from '#contracts';
import { stableId } from '../plans/stable-id.js';

export type DocumentState = (typeof documentStates)[number];
export type CityListItem = z.output<typeof cityListItem>;
export type LateAgencies = z.output<typeof lateAgencies>;
export type DocumentContent = CityListItem | LateAgencies;

/** A prepared document as its use cases hold it: locked, in their transaction. */
export interface HeldDocument {
  readonly id: string;
  readonly planId: string;
  readonly obligationId: string | null;
  readonly state: DocumentState;
  readonly content: DocumentContent;
  readonly decidedAt: Temporal.Instant | null;
  /** Number of the letter or document, or why it was discarded. */
  readonly note: string | null;
  readonly version: number;
}

/** Once for each generation of an obligation: an extension or a return begins the chasing anew. */
export function cityListKey(obligationId: string, generation: number): string {
  return `city-list-item:${obligationId}:${String(generation)}`;
}

/** Once for each quarter of a plan. */
export function lateAgenciesKey(planId: string, quarter: string): string {
  return `late-agencies:${planId}:${quarter}`;
}

/** The same for the same key, so that preparing twice is preparing once. */
export function documentId(key: string): string {
  return stableId('document', key);
}
