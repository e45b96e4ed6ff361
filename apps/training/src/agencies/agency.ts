import { Temporal } from 'temporal-polyfill';
import type { agencyChanged, PayloadOf } from '#contracts';

/** An agency as planning last told it. No person is in it: what its contacts are to be told is told by planning. */
export interface Agency {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly shortName: string;
  readonly kind: string;
  readonly validFrom: Temporal.PlainDate;
  /** Last day, or null while it exists. */
  readonly validTo: Temporal.PlainDate | null;
  /** Grows with every change at planning; the highest wins. */
  readonly version: number;
}

/** What an agency is called, in Vietnamese and in English. */
export type AgencyNames = Pick<Agency, 'name' | 'nameEn'>;

/** The part of the event that this service keeps. */
export function agencyOf(event: PayloadOf<typeof agencyChanged>): Agency {
  return {
    id: event.agencyId,
    code: event.code,
    name: event.name,
    nameEn: event.nameEn,
    shortName: event.shortName,
    kind: event.kind,
    validFrom: Temporal.PlainDate.from(event.validFrom),
    validTo: event.validTo === null ? null : Temporal.PlainDate.from(event.validTo),
    version: event.version,
  };
}
