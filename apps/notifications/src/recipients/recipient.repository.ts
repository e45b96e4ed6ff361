import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { plainToDate } from '#calendar';
import type { agencyChanged, delegationChanged, PayloadOf } from '#contracts';
import type { Database, Tx } from '../persistence/database.js';
import type { Language, People } from '../templates/letter.js';

export interface Addressee {
  readonly id: string;
  readonly agencyId: string;
  readonly agencyCode: string;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  /** Whether the agency still names this contact. */
  readonly active: boolean;
  readonly people: Omit<People, 'contacts'>;
}

interface Known {
  readonly id: string;
  readonly active: boolean;
  readonly agencyId: string;
  readonly agencyCode: string;
  readonly agencyName: string;
  readonly agencyNameEn: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  readonly language: string;
}

@Injectable()
export class RecipientRepository {
  /** Idempotent; an older version than the one kept changes nothing. */
  async keep(tx: Tx, event: PayloadOf<typeof agencyChanged>): Promise<void> {
    const newer = await tx.$executeRaw`
      INSERT INTO agency (id, code, name, name_en, version) VALUES (${event.agencyId}::uuid, ${event.code}, ${event.name}, ${event.nameEn}, ${event.version})
      ON CONFLICT (id) DO UPDATE SET code = EXCLUDED.code, name = EXCLUDED.name, name_en = EXCLUDED.name_en, version = EXCLUDED.version
      WHERE agency.version < EXCLUDED.version`;
    if (newer === 0) return;
    for (const { contactId, ...contact } of event.contacts) {
      const row = { agencyId: event.agencyId, ...contact, active: true };
      // Another address, or being named anew, is another try.
      await tx.recipient.updateMany({
        where: { id: contactId, refused: true, OR: [{ active: false }, { email: { not: contact.email } }] },
        data: { refused: false },
      });
      await tx.recipient.upsert({ where: { id: contactId }, create: { id: contactId, ...row }, update: row });
    }
    await tx.recipient.updateMany({
      where: { agencyId: event.agencyId, id: { notIn: event.contacts.map((contact) => contact.contactId) } },
      data: { active: false },
    });
  }

  /** Idempotent; an older version than the one kept changes nothing. */
  async keepDelegation(tx: Tx, event: PayloadOf<typeof delegationChanged>): Promise<void> {
    await tx.$executeRaw`
      INSERT INTO delegation (id, contact_id, to_contact_id, from_on, to_on, revoked, version)
      VALUES (${event.delegationId}::uuid, ${event.contactId}::uuid, ${event.toContactId}::uuid, ${dayOf(event.fromOn)}::date, ${dayOf(event.toOn)}::date, ${event.revoked}, ${event.version})
      ON CONFLICT (id) DO UPDATE SET from_on = EXCLUDED.from_on, to_on = EXCLUDED.to_on, revoked = EXCLUDED.revoked, version = EXCLUDED.version
      WHERE delegation.version < EXCLUDED.version`;
  }

  /** Everybody whom a batch of mails speaks to or names, by id. One query. */
  async find(tx: Tx | Database, ids: readonly string[]): Promise<Map<string, Known>> {
    const rows = await tx.$queryRawUnsafe<Known[]>(
      `SELECT r.id, r.active, r.agency_id AS "agencyId", a.code AS "agencyCode", a.name AS "agencyName", a.name_en AS "agencyNameEn", r.name, r.email, r.phone, r.language
       FROM recipient r JOIN agency a ON a.id = r.agency_id WHERE r.id = ANY($1::uuid[])`,
      ids,
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}

const dayOf = (text: string): Date => plainToDate(Temporal.PlainDate.from(text));

/** The recipient with everything its mail needs to say; undefined when it is not known. */
export function addressee(id: string, askContactId: string | null, known: ReadonlyMap<string, Known>): Addressee | undefined {
  const to = known.get(id);
  if (!to) return undefined;
  const asked = askContactId === null ? undefined : known.get(askContactId);
  const ask = asked?.active === true && asked !== to ? asked : undefined;
  return {
    id,
    agencyId: to.agencyId,
    agencyCode: to.agencyCode,
    name: to.name,
    email: to.email,
    language: to.language as Language,
    active: to.active,
    people: {
      recipientName: to.name,
      standsInFor: null,
      agencyName: to.agencyName,
      agencyNameEn: to.agencyNameEn,
      ask: ask ? { name: ask.name, agencyName: ask.agencyName, agencyNameEn: ask.agencyNameEn, phone: ask.phone } : null,
    },
  };
}
