import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { dateToPlain, plainToDate } from '#calendar';
import { DomainError, type agencyChanged, type agencyView, type PayloadOf } from '#contracts';
import { compareRows, type Change } from '#plan-files';
import type { z } from 'zod';
import type { Prisma } from '../generated/prisma/client.js';
import { Database, type Tx } from '../persistence/database.js';
import { seedText, type AgencyEntry } from '../plans/plan-file.js';
import { stableId } from '../plans/stable-id.js';
import type { AgencyFacts, Successive } from './succession.js';

type AgencyEvent = PayloadOf<typeof agencyChanged>;
export const agencyIdOf = (code: string): string => stableId('agency', code);
const day = (text: string): Date => plainToDate(Temporal.PlainDate.from(text));

/** Agencies and whom to write to there. Agencies are never deleted; contacts that left the plan file are retired. */
@Injectable()
export class AgencyRepository {
  constructor(private readonly database: Database) {}

  /**
   * Makes the stored agencies those of the file; agencies of other plans stay as they are.
   * @returns what changed, and the agencies whose copies elsewhere are now out of date
   */
  async synchronise(tx: Tx, entries: readonly AgencyEntry[]): Promise<{ changes: Change[]; events: AgencyEvent[] }> {
    await this.lockSuccession(tx);
    const stored = await tx.agency.findMany({ where: { code: { in: entries.map((entry) => entry.code) } } });
    const ended = new Map(stored.map((row) => [row.code, row]));
    const wanted = new Map(entries.map((entry) => [entry.code, { ...agencyRow(entry), ...decidedEnd(entry, ended.get(entry.code)) }]));
    const compared = compareRows('agency', new Map(stored.map((row) => [row.code, row])), wanted);
    await tx.agency.createMany({ data: compared.added.map((row) => ({ ...row, reportsToId: null, successorId: null })) });
    // Lines may point at agencies that were created a moment ago, so they are drawn when all exist.
    for (const { id, ...row } of [...compared.added, ...compared.changed.map(({ row }) => row)])
      await tx.agency.update({ where: { id }, data: row });
    const contacts = await this.synchroniseContacts(tx, entries);
    const touched = new Set([
      ...compared.added.map((row) => row.code),
      ...compared.changed.map(({ row }) => row.code),
      ...contacts.agencies,
    ]);
    const before = new Set(stored.map((row) => row.code));
    await tx.agency.updateMany({
      where: { code: { in: [...touched].filter((code) => before.has(code)) } },
      data: { version: { increment: 1 } },
    });
    return { changes: [...compared.changes, ...contacts.changes], events: await this.eventsOf(tx, [...touched]) };
  }

  /** One at a time changes who succeeds whom, so that two do not make a circle. Held to the end of the transaction. */
  async lockSuccession(tx: Tx): Promise<void> {
    await tx.$executeRawUnsafe(`SELECT pg_advisory_xact_lock(hashtext('succession'))`);
  }

  /** All agencies, as far as owing goes. */
  async succession(tx: Tx): Promise<Map<string, Successive>> {
    const rows = await tx.agency.findMany({ select: { id: true, validTo: true, successorId: true } });
    return new Map(rows.map((row) => [row.id, { ...row, validTo: row.validTo && dateToPlain(row.validTo) }]));
  }

  /** @returns the event that tells it to the copies elsewhere */
  async end(tx: Tx, id: string, by: { endsOn: Temporal.PlainDate; successorId: string | null; decision: string }): Promise<AgencyEvent> {
    const row = await tx.agency.update({
      where: { id },
      data: { validTo: plainToDate(by.endsOn), successorId: by.successorId, endDecision: by.decision, version: { increment: 1 } },
      include: { contacts: { where: { active: true } } },
    });
    return eventOf(row);
  }

  /** @throws DomainError `agency-not-found` */
  async find(tx: Tx, by: { code: string } | { id: string }): Promise<AgencyFacts> {
    const row = await tx.agency.findUnique({ where: by, include: { successor: true } });
    if (!row)
      throw new DomainError('agency-not-found', `There is no agency ${'code' in by ? by.code : by.id}. GET /api/v1/agencies lists them.`);
    return {
      id: row.id,
      code: row.code,
      validFrom: dateToPlain(row.validFrom),
      validTo: row.validTo && dateToPlain(row.validTo),
      successorId: row.successorId,
      successor: row.successor?.code ?? null,
      version: row.version,
    };
  }

  async list(page: { limit: number; after: string | undefined }): Promise<z.output<typeof agencyView>[]> {
    const rows = await this.database.agency.findMany({
      ...(page.after === undefined ? {} : { where: { code: { gt: page.after } } }),
      orderBy: { code: 'asc' },
      take: page.limit,
      include: { reportsTo: true, successor: true, contacts: { where: { active: true }, orderBy: [{ role: 'asc' }, { email: 'asc' }] } },
    });
    return rows.map((row) => ({
      agencyId: row.id,
      code: row.code,
      name: row.name,
      nameEn: row.nameEn,
      shortName: row.shortName,
      kind: row.kind,
      reportsTo: row.reportsTo?.code ?? null,
      validFrom: dateToPlain(row.validFrom).toString(),
      validTo: row.validTo ? dateToPlain(row.validTo).toString() : null,
      successor: row.successor?.code ?? null,
      contacts: row.contacts.map((contact) => ({
        contactId: contact.id,
        role: contact.role as AgencyEvent['contacts'][number]['role'],
        name: contact.name,
        email: contact.email,
        phone: contact.phone,
        reachable: contact.reachable,
      })),
      seedId: row.seedId,
      assumption: row.assumption,
    }));
  }

  private async synchroniseContacts(tx: Tx, entries: readonly AgencyEntry[]): Promise<{ changes: Change[]; agencies: string[] }> {
    const agencyOf = new Map(entries.map((entry) => [agencyIdOf(entry.code), entry.code]));
    const wanted = new Map(
      entries.flatMap((entry) => entry.contacts.map((contact) => contactRow(entry.code, contact))).map((row) => [row.id, row]),
    );
    const stored = await tx.contact.findMany({ where: { agencyId: { in: [...agencyOf.keys()] } } });
    const active = stored.filter((row) => row.active);
    const compared = compareRows('contact', new Map(active.map((row) => [row.id, row])), wanted);
    const known = new Set(stored.map((row) => row.id));
    for (const row of compared.added) {
      if (known.has(row.id)) await tx.contact.update({ where: { id: row.id }, data: { ...row, reachable: true } });
    }
    await tx.contact.createMany({ data: compared.added.filter((row) => !known.has(row.id)) });
    for (const { row } of compared.changed) await tx.contact.update({ where: { id: row.id }, data: row });
    await tx.contact.updateMany({ where: { id: { in: compared.retired } }, data: { active: false } });
    const agencyIds = [
      ...compared.added,
      ...compared.changed.map(({ row }) => row),
      ...active.filter((row) => compared.retired.includes(row.id)),
    ].map((row) => row.agencyId);
    return { changes: compared.changes, agencies: agencyIds.map((id) => agencyOf.get(id) ?? '') };
  }

  private async eventsOf(tx: Tx, codes: readonly string[]): Promise<AgencyEvent[]> {
    const rows = await tx.agency.findMany({
      where: { code: { in: [...codes] } },
      include: { contacts: { where: { active: true } } },
      orderBy: { code: 'asc' },
    });
    return rows.map(eventOf);
  }
}

function eventOf(row: Prisma.AgencyGetPayload<{ include: { contacts: true } }>): AgencyEvent {
  return {
    agencyId: row.id,
    version: row.version,
    code: row.code,
    name: row.name,
    nameEn: row.nameEn,
    shortName: row.shortName,
    kind: row.kind,
    validFrom: dateToPlain(row.validFrom).toString(),
    validTo: row.validTo ? dateToPlain(row.validTo).toString() : null,
    successorId: row.successorId,
    contacts: row.contacts.map((contact) => ({
      contactId: contact.id,
      role: contact.role as AgencyEvent['contacts'][number]['role'],
      name: contact.name,
      email: contact.email,
      phone: contact.phone,
      language: contact.language as AgencyEvent['contacts'][number]['language'],
    })),
  };
}

/** An end that a decision set stays, unless the file speaks of the end itself. */
function decidedEnd(
  entry: AgencyEntry,
  stored: { endDecision: string | null; validTo: Date | null; successorId: string | null } | undefined,
): { validTo?: Date | null; successorId?: string | null } {
  if (entry.validTo !== undefined || typeof stored?.endDecision !== 'string') return {};
  return { validTo: stored.validTo, successorId: stored.successorId };
}

function agencyRow(entry: AgencyEntry) {
  return {
    id: agencyIdOf(entry.code),
    code: entry.code,
    name: entry.name,
    nameEn: entry.nameEn,
    shortName: entry.shortName,
    kind: entry.kind,
    reportsToId: entry.reportsTo === undefined ? null : agencyIdOf(entry.reportsTo),
    validFrom: day(entry.validFrom),
    validTo: entry.validTo === undefined ? null : day(entry.validTo),
    successorId: entry.successor === undefined ? null : agencyIdOf(entry.successor),
    seedId: seedText(entry),
    assumption: entry.assumption ?? null,
  };
}

/** A contact is its role and address at an agency: another address is another contact, reachable until proved otherwise. */
function contactRow(agency: string, contact: AgencyEntry['contacts'][number]) {
  return {
    id: stableId('contact', agency, contact.role, contact.email.toLowerCase()),
    agencyId: agencyIdOf(agency),
    role: contact.role,
    name: contact.name,
    email: contact.email,
    phone: contact.phone ?? null,
    language: contact.language,
    active: true,
  };
}
