import { randomBytes } from 'node:crypto';
import { DomainError } from '#contracts';

/** Crockford's base 32: no letter that a person takes for another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUPS = 5;
const GROUP = 4;

/** Who gets a certificate: an enrolment that completed the class, and how many of the sessions that was. */
export interface Completed {
  readonly enrolmentId: string;
  readonly traineeId: string;
  readonly attended: number;
  /** Whether the trainee has an address to write to. */
  readonly reachable: boolean;
}

/**
 * The number of a certificate: `07/2020/GCN-SDL`. Below 10 with a leading zero, without spaces, the issuer by its code, as document numbers are (domain
 * 3.9); the year, because numbers begin anew with each.
 * @param issuer code of the agency that holds the course
 */
export function numberOf(serial: number, year: number, issuer: string): string {
  return `${String(serial).padStart(2, '0')}/${String(year)}/GCN-${issuer}`;
}

/** What the public page is asked by: 100 random bits in five groups, which nobody guesses and people can type. */
export function newCode(): string {
  const letters = [...randomBytes(GROUPS * GROUP)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
  return Array.from({ length: GROUPS }, (_, group) => letters.slice(group * GROUP, (group + 1) * GROUP)).join('-');
}

/** A code as it is kept, however somebody typed it: small letters, without hyphens, O for 0, I or L for 1. */
export function codeOf(typed: string): string {
  const letters = typed
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
    .replaceAll(/[^0-9A-Z]/g, '');
  return letters.match(/.{1,4}/g)?.join('-') ?? '';
}

/** A certificate is revoked once. @throws DomainError `certificate-revoked` */
export function mustBeValid({ number, revokedAt }: { readonly number: string; readonly revokedAt: Date | null }): void {
  if (revokedAt === null) return;
  throw new DomainError('certificate-revoked', `Certificate ${number} was revoked already. Nothing is left to do.`, [
    { number, revokedAt: revokedAt.toISOString() },
  ]);
}
