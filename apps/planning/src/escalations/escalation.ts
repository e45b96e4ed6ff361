import { DomainError } from '#contracts';
import { mustBeSeen } from '#messaging';
import type { Ladder } from '#ladder';
import { doing, levelAbove, type Line } from '../sweep/audience.js';
import type { Escalation } from '../generated/prisma/client.js';

/**
 * Whether a rung that is still to come raises a case with the last level there is for the debtor, or prepares the item that a person sends there, so that the obligation is never owed without a case
 * or a step to come. Pure.
 * @param toCome codes of the rungs that are not decided yet
 */
export function raisesAgain(ladder: Ladder, toCome: readonly string[], line: Line): boolean {
  const last = line.debtorId === line.cityOfficeId ? 'standing-agency' : 'city-office';
  return ladder.rungs.some((rung) => {
    const { raises, prepares } = doing(rung, line);
    return toCome.includes(rung.code) && (prepares !== undefined || (raises && levelAbove(raises, line)?.level === last));
  });
}

/** @throws DomainError `changed-meanwhile`, `escalation-closed` */
export function mustBeUnresolved(found: Escalation, seenVersion: number | undefined): void {
  mustBeSeen('escalation', found, seenVersion);
  if (found.state === 'resolved')
    throw new DomainError('escalation-closed', `This case is resolved: ${found.resolution ?? 'no longer owed'}.`);
}
