import { DomainError } from '#contracts';

/** A venue as use cases hold it: locked, in their transaction. */
export interface HeldVenue {
  readonly id: string;
  readonly code: string;
  readonly capacity: number;
  readonly retired: boolean;
  readonly version: number;
}

/** What a venue is, for whoever saw it change. */
export const stateOf = ({ retired }: Pick<HeldVenue, 'retired'>): string => (retired ? 'retired' : 'in use');

/** @throws DomainError `venue-retired` */
export function mustBeInUse({ code, retired }: Pick<HeldVenue, 'code' | 'retired'>): void {
  if (!retired) return;
  throw new DomainError('venue-retired', `Venue ${code} is no longer used. GET /api/v1/venues?retired=false lists those that are.`, [
    { venue: code },
  ]);
}

/** Nobody stands: a class has no more places than its venue has seats (domain invariant). @throws DomainError `venue-too-small` */
export function mustHold({ code, capacity }: Pick<HeldVenue, 'code' | 'capacity'>, places: number): void {
  if (places <= capacity) return;
  throw new DomainError(
    'venue-too-small',
    `Venue ${code} has ${String(capacity)} seats, ${String(places)} are needed. GET /api/v1/venues?seats=${String(places)} lists larger ones.`,
    [{ venue: code, seats: capacity, needed: places }],
  );
}
