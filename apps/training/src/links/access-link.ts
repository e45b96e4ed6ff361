import { createHash, randomBytes } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { DomainError } from '#contracts';

/** `answer`: an engagement may be answered. `class`: the roster may be seen and attendance be taken. */
export type LinkPurpose = 'answer' | 'class';

/** A link as it is kept: not the token, so that whoever reads the table can open nothing. Times are instants. */
export interface AccessLink {
  readonly id: string;
  readonly purpose: LinkPurpose;
  readonly classId: string;
  readonly personId: string;
  readonly expiresAt: Temporal.Instant;
  readonly revokedAt: Temporal.Instant | null;
}

/** 256 bits that nobody guesses, as they stand in an address. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token. */
export function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** @throws DomainError `link-unknown` for another purpose's link, too; `link-revoked`, `link-expired` */
export function mustOpen(link: AccessLink | null, purpose: LinkPurpose, now: Temporal.Instant): AccessLink {
  if (link?.purpose !== purpose)
    throw new DomainError('link-unknown', 'This link leads nowhere. Open it from the newest mail, or ask the standing agency for another.');
  if (link.revokedAt !== null)
    throw new DomainError('link-revoked', 'This link is no longer valid: something changed, and a newer mail has the link that is.');
  if (Temporal.Instant.compare(link.expiresAt, now) <= 0)
    throw new DomainError('link-expired', 'This link has expired. Ask the standing agency for another.');
  return link;
}
