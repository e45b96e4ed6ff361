import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { dateToPlain, plainToDate, toDate, toInstant } from '#calendar';
import {
  DomainError,
  type delegate,
  type delegationChanged,
  type delegationView,
  type listDelegations,
  type PayloadOf,
  type ReplyOf,
} from '#contracts';
import type { Prisma } from '../generated/prisma/client.js';
import { Database, type Tx } from '../persistence/database.js';
import { inForce, type Absence, type Contact } from './delegation.js';

const shown = { contact: { include: { agency: true } } } as const;
type Shown = Prisma.DelegationGetPayload<{ include: typeof shown }>;
type Row = Prisma.DelegationGetPayload<object>;

export interface HeldDelegation extends Absence {
  readonly id: string;
  readonly revokedAt: Temporal.Instant | null;
  readonly version: number;
}

@Injectable()
export class DelegationRepository {
  constructor(private readonly database: Database) {}

  /** @throws DomainError `contact-not-found` */
  async contact(tx: Tx, id: string): Promise<Contact> {
    const row = await tx.contact.findUnique({ where: { id }, select: { id: true, agencyId: true, active: true } });
    if (!row) throw new DomainError('contact-not-found', `There is no contact ${id}. GET /api/v1/agencies lists them.`);
    return row;
  }

  /** One at a time changes who stands in for whom at an agency, so that two do not make a circle. Held to the end of the transaction. */
  async lockAgency(tx: Tx, agencyId: string): Promise<void> {
    await tx.$executeRawUnsafe(`SELECT pg_advisory_xact_lock(hashtext('delegations'), hashtext($1))`, agencyId);
  }

  /** Delegations of an agency that are not over on a day, and not revoked. */
  async ahead(tx: Tx, agencyId: string, from: Temporal.PlainDate): Promise<HeldDelegation[]> {
    const rows = await tx.delegation.findMany({
      where: { contact: { agencyId }, revokedAt: null, toOn: { gte: plainToDate(from) } },
      orderBy: { id: 'asc' },
    });
    return rows.map(held);
  }

  async add(tx: Tx, one: Absence & { id: string; reason: string; by: string }, at: Temporal.Instant): Promise<HeldDelegation> {
    const { fromOn, toOn, by, ...row } = one;
    return held(
      await tx.delegation.create({ data: { ...row, fromOn: plainToDate(fromOn), toOn: plainToDate(toOn), setBy: by, setAt: toDate(at) } }),
    );
  }

  /** Locks a delegation to the end of the transaction. @throws DomainError `delegation-not-found` */
  async hold(tx: Tx, id: string): Promise<HeldDelegation> {
    await tx.$queryRaw`SELECT id FROM delegation WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    const row = await tx.delegation.findUnique({ where: { id } });
    if (!row) throw new DomainError('delegation-not-found', `There is no delegation ${id}.`);
    return held(row);
  }

  async revoke(tx: Tx, id: string, by: string, at: Temporal.Instant): Promise<HeldDelegation> {
    return held(await tx.delegation.update({ where: { id }, data: { revokedBy: by, revokedAt: toDate(at), version: { increment: 1 } } }));
  }

  async list(
    filter: PayloadOf<typeof listDelegations>,
    today: Temporal.PlainDate,
    limit: number,
    after: string | undefined,
  ): Promise<z.output<typeof delegationView>[]> {
    const on = filter.on === undefined ? undefined : plainToDate(Temporal.PlainDate.from(filter.on));
    const rows = await this.database.delegation.findMany({
      where: {
        ...(filter.agency === undefined ? {} : { contact: { agency: { code: filter.agency } } }),
        ...(filter.contactId === undefined ? {} : { contactId: filter.contactId }),
        ...(on === undefined ? {} : { fromOn: { lte: on }, toOn: { gte: on }, revokedAt: null }),
        ...(after === undefined ? {} : { id: { gt: after } }),
      },
      orderBy: { id: 'asc' },
      take: limit,
      include: shown,
    });
    return rows.map((row) => view(row, today));
  }
}

/** Who stands in for whom and when, as whoever set it is answered. */
export function setOf(one: HeldDelegation): ReplyOf<typeof delegate> {
  return {
    delegationId: one.id,
    version: one.version,
    contactId: one.contactId,
    toContactId: one.toContactId,
    fromOn: one.fromOn.toString(),
    toOn: one.toOn.toString(),
  };
}

/** What everybody who keeps a copy is told: ids and days. */
export function eventOf(one: HeldDelegation): PayloadOf<typeof delegationChanged> {
  return { ...setOf(one), revoked: one.revokedAt !== null };
}

function held(row: Row): HeldDelegation {
  return {
    id: row.id,
    contactId: row.contactId,
    toContactId: row.toContactId,
    fromOn: dateToPlain(row.fromOn),
    toOn: dateToPlain(row.toOn),
    revokedAt: row.revokedAt && toInstant(row.revokedAt),
    version: row.version,
  };
}

function view(row: Shown, today: Temporal.PlainDate): z.output<typeof delegationView> {
  const one = held(row);
  return {
    delegationId: row.id,
    agency: row.contact.agency.code,
    contactId: row.contactId,
    toContactId: row.toContactId,
    fromOn: one.fromOn.toString(),
    toOn: one.toOn.toString(),
    reason: row.reason,
    inForce: one.revokedAt === null && inForce(one, today),
    setBy: row.setBy,
    setAt: toInstant(row.setAt).toString(),
    revokedBy: row.revokedBy,
    revokedAt: one.revokedAt?.toString() ?? null,
    version: row.version,
  };
}
