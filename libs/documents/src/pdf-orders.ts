import { Temporal } from 'temporal-polyfill';
import type { CertificateFacts } from './certificate.js';
import type { RosterFacts } from './roster.js';

/** Values as they pass between threads: days and moments as ISO 8601 texts. */
export type Wire<T> = T extends Temporal.PlainDate | Temporal.Instant
  ? string
  : T extends readonly (infer E)[]
    ? readonly Wire<E>[]
    : T extends object
      ? { readonly [K in keyof T]: Wire<T[K]> }
      : T;

export type Wanted =
  { readonly kind: 'roster'; readonly facts: Wire<RosterFacts> } | { readonly kind: 'certificate'; readonly facts: Wire<CertificateFacts> };
export type Order = Wanted & { readonly number: number };
export type Answer = { readonly number: number } & ({ readonly file: Uint8Array } | { readonly error: string });

export function toWire<T>(facts: T): Wire<T> {
  return JSON.parse(JSON.stringify(facts)) as Wire<T>;
}

export function rosterFactsOf(wire: Wire<RosterFacts>): RosterFacts {
  return {
    ...wire,
    sessions: wire.sessions.map((session) => ({ ...session, date: Temporal.PlainDate.from(session.date) })),
    lockedAt: Temporal.Instant.from(wire.lockedAt),
    madeAt: Temporal.Instant.from(wire.madeAt),
  };
}

export function certificateFactsOf(wire: Wire<CertificateFacts>): CertificateFacts {
  return {
    ...wire,
    from: Temporal.PlainDate.from(wire.from),
    to: Temporal.PlainDate.from(wire.to),
    issuedOn: Temporal.PlainDate.from(wire.issuedOn),
    madeAt: Temporal.Instant.from(wire.madeAt),
  };
}
