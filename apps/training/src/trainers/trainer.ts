import { DomainError, type InstitutionKind } from '#contracts';

/** A trainer as use cases hold it: locked, in their transaction. */
export interface HeldTrainer {
  readonly id: string;
  readonly institutionId: string;
  readonly overrideReason: string | null;
  readonly active: boolean;
  readonly version: number;
}

/** What a trainer is, for whoever saw them change. */
export const stateOf = ({ active }: Pick<HeldTrainer, 'active'>): string => (active ? 'active' : 'retired');

/** @throws DomainError `trainer-retired` */
export function mustBeActive({ id, active }: Pick<HeldTrainer, 'id' | 'active'>): void {
  if (active) return;
  throw new DomainError('trainer-retired', 'This trainer teaches no more. GET /api/v1/trainers?active=true lists those who do.', [
    { trainerId: id },
  ]);
}

/**
 * Trainers are staff of universities or research institutes, unless a reason is on record (SEED-33). The database has the same rule.
 * @throws DomainError `institution-not-academic`
 */
export function mustBeAcademic(kind: InstitutionKind, overrideReason: string | null): void {
  if (kind !== 'other' || overrideReason !== null) return;
  throw new DomainError(
    'institution-not-academic',
    'Trainers come from universities or research institutes. Name another institution, or say in "overrideReason" why this one.',
    [{ kind }],
  );
}

/**
 * An institution becomes of another kind only while the rule holds for everybody who comes from it (SEED-33).
 * @param withoutReason ids of its trainers for whom no reason is on record. @throws DomainError `trainers-not-academic`
 */
export function mustKeepItsTrainers(kind: InstitutionKind, withoutReason: readonly string[]): void {
  if (kind !== 'other' || withoutReason.length === 0) return;
  throw new DomainError(
    'trainers-not-academic',
    `${String(withoutReason.length)} trainers come from it, and only universities and research institutes send trainers. Record a reason for each first ("overrideReason").`,
    withoutReason.map((trainerId) => ({ trainerId })),
  );
}
