import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { toDate, toInstant } from '#calendar';
import { nameBasedId } from '#contracts';
import type { Database, Tx } from '../persistence/database.js';
import { digestOf, mustOpen, newToken, type AccessLink, type LinkPurpose } from './access-link.js';

/** Links that mails carry, and what was done with each. */
@Injectable()
export class AccessLinkRepository {
  /** A link for one person and class, beside those that they have. @returns the token, which is kept nowhere: it belongs into the mail, sealed */
  async issue(
    tx: Tx,
    link: { purpose: LinkPurpose; classId: string; personId: string; issuedAt: Temporal.Instant; expiresAt: Temporal.Instant },
  ): Promise<string> {
    const token = newToken();
    const digest = digestOf(token);
    const [issuedAt, expiresAt] = [toDate(link.issuedAt), toDate(link.expiresAt)];
    await tx.accessLink.create({ data: { ...link, id: nameBasedId('dondoc', 'access-link', digest), digest, issuedAt, expiresAt } });
    return token;
  }

  /** The link of a token. @throws DomainError `link-unknown`, `link-revoked`, `link-expired` */
  async open(database: Tx | Database, purpose: LinkPurpose, token: string, now: Temporal.Instant): Promise<AccessLink> {
    const row = await database.accessLink.findUnique({ where: { digest: digestOf(token) } });
    const link = row && {
      ...row,
      purpose: row.purpose as LinkPurpose,
      expiresAt: toInstant(row.expiresAt),
      revokedAt: row.revokedAt && toInstant(row.revokedAt),
    };
    return mustOpen(link, purpose, now);
  }

  /** Links of a person and class, of that purpose, open nothing from now on. Those that are revoked stay as they are. */
  async revoke(tx: Tx, purpose: LinkPurpose, classId: string, personId: string, at: Temporal.Instant): Promise<void> {
    await tx.accessLink.updateMany({ where: { purpose, classId, personId, revokedAt: null }, data: { revokedAt: toDate(at) } });
  }

  /** Puts on record what was done with a link: `answered`, `roster-xlsx`, `attendance`. */
  async record(tx: Tx, linkId: string, what: string, at: Temporal.Instant): Promise<void> {
    await tx.accessLinkUse.create({ data: { linkId, what, at: toDate(at) } });
  }
}
