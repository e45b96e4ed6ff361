import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { plainToDate } from '#calendar';
import type { agencyChanged, delegationChanged, PayloadOf, personChanged } from '#contracts';
import type { Database, Tx } from '../persistence/database.js';
import type { Language, People } from '../templates/letter.js';

export interface Addressee {
  readonly id: string;
  /** Null for a person of no agency. */
  readonly agencyId: string | null;
  readonly agencyCode: string | null;
  /** Empty where `withheld` says why nothing goes to them. */
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  /** Why they must not be written to; null when they may. */
  readonly withheld: string | null;
  readonly people: Omit<People, 'contacts'>;
}

interface Known {
  readonly id: string;
  readonly active: boolean;
  readonly forgotten: boolean;
  readonly agencyId: string | null;
  readonly agencyCode: string | null;
  /** Of its agency, or of the organisation that a person comes from. */
  readonly agencyName: string;
  readonly agencyNameEn: string;
  readonly name: string | null;
  readonly email: string | null;
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

  /**
   * Idempotent; an older version than the one kept changes nothing, and who is forgotten stays so. Mails to them that still wait are withdrawn; one that may
   * have left already stays in doubt and is not repeated.
   */
  async keepPerson(tx: Tx, event: PayloadOf<typeof personChanged>): Promise<void> {
    const { personId, kind, version, organisation, language, forgotten } = event;
    const { name, email, phone } = forgotten ? NOBODY : event;
    const newer = await tx.$executeRaw`
      INSERT INTO recipient (id, role, name, email, phone, language, active, version, organisation, organisation_en, forgotten)
      VALUES (${personId}::uuid, ${kind}, ${name}, ${email}, ${phone}, ${language}, ${event.active && !forgotten}, ${version}, ${organisation.name}, ${organisation.nameEn}, ${forgotten})
      ON CONFLICT (id) DO UPDATE SET role = EXCLUDED.role, name = EXCLUDED.name, email = EXCLUDED.email, phone = EXCLUDED.phone, language = EXCLUDED.language,
        active = EXCLUDED.active, version = EXCLUDED.version, organisation = EXCLUDED.organisation, organisation_en = EXCLUDED.organisation_en,
        forgotten = EXCLUDED.forgotten, refused = recipient.refused AND recipient.active AND recipient.email IS NOT DISTINCT FROM EXCLUDED.email
      WHERE recipient.version < EXCLUDED.version AND NOT recipient.forgotten`;
    if (newer === 0 || !forgotten) return;
    await tx.$executeRaw`
      UPDATE message SET next_attempt_at = NULL, state = CASE WHEN state = 'queued' THEN 'withdrawn' ELSE state END,
        reason = CASE WHEN state = 'queued' THEN ${WITHHELD.forgotten} ELSE reason END
      WHERE recipient_id = ${personId}::uuid AND (state = 'queued' OR (state = 'unknown' AND next_attempt_at IS NOT NULL))`;
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
      `SELECT r.id, r.active, r.forgotten, r.agency_id AS "agencyId", a.code AS "agencyCode", coalesce(a.name, r.organisation) AS "agencyName",
              coalesce(a.name_en, r.organisation_en) AS "agencyNameEn", r.name, r.email, r.phone, r.language
       FROM recipient r LEFT JOIN agency a ON a.id = r.agency_id WHERE r.id = ANY($1::uuid[])`,
      ids,
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}

const NOBODY = { name: null, email: null, phone: null };

const WITHHELD = {
  forgotten: 'the person has been forgotten',
  contactLeft: 'the agency no longer names this contact',
  personLeft: 'the person is no longer written to',
  noAddress: 'no mail address of the person is known',
} as const;

function withheldFrom({ active, forgotten, agencyId, email }: Known): string | null {
  if (forgotten) return WITHHELD.forgotten;
  if (!active) return agencyId === null ? WITHHELD.personLeft : WITHHELD.contactLeft;
  return email === null ? WITHHELD.noAddress : null;
}

const dayOf = (text: string): Date => plainToDate(Temporal.PlainDate.from(text));

/** The recipient with everything its mail needs to say; undefined when it is not known. */
export function addressee(id: string, askContactId: string | null, known: ReadonlyMap<string, Known>): Addressee | undefined {
  const to = known.get(id);
  if (!to) return undefined;
  const asked = askContactId === null ? undefined : known.get(askContactId);
  const ask = asked?.active === true && asked.name !== null && asked !== to ? { ...asked, name: asked.name } : undefined;
  return {
    id,
    agencyId: to.agencyId,
    agencyCode: to.agencyCode,
    name: to.name ?? '',
    email: to.email ?? '',
    language: to.language as Language,
    withheld: withheldFrom(to),
    people: {
      recipientName: to.name ?? '',
      standsInFor: null,
      agencyName: to.agencyName,
      agencyNameEn: to.agencyNameEn,
      ask: ask ? { name: ask.name, agencyName: ask.agencyName, agencyNameEn: ask.agencyNameEn, phone: ask.phone } : null,
    },
  };
}
