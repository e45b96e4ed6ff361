import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { dateToPlain, plainToDate, toDate, toInstant } from '#calendar';
import { DomainError, type escalationKinds, type escalationView } from '#contracts';
import type { Escalation } from '../generated/prisma/client.js';
import { Database, type Tx } from '../persistence/database.js';

export type EscalationKind = (typeof escalationKinds)[number];
export type EscalationLevel = 'standing-agency' | 'city-office';

export interface RaisedCase {
  readonly level: EscalationLevel;
  readonly agencyId: string;
  readonly obligationId: string | null;
  readonly contactId: string | null;
}

/** Cases for those who answer for a debtor. One open case per obligation and level, one per unreachable contact, one per obligation and agency without anybody. */
@Injectable()
export class EscalationRepository {
  constructor(private readonly database: Database) {}

  /** Raises cases that are not open yet; the database keeps each single, so a repeated call raises nothing twice. Set-based. */
  async raise(tx: Tx, kind: EscalationKind, cases: readonly RaisedCase[], at: Temporal.Instant): Promise<void> {
    if (cases.length === 0) return;
    await tx.$executeRawUnsafe(
      `INSERT INTO escalation (id, kind, level, agency_id, obligation_id, contact_id, raised_at)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::timestamptz[]) ON CONFLICT DO NOTHING`,
      cases.map(() => randomUUID()),
      cases.map(() => kind),
      cases.map((one) => one.level),
      cases.map((one) => one.agencyId),
      cases.map((one) => one.obligationId),
      cases.map((one) => one.contactId),
      cases.map(() => toDate(at)),
    );
  }

  /** Ends the cases of an obligation that is settled or begins anew. */
  async resolveOf(tx: Tx, obligationId: string, resolution: string, at: Temporal.Instant): Promise<void> {
    await tx.escalation.updateMany({
      where: { obligationId, state: { not: 'resolved' } },
      data: { state: 'resolved', resolvedAt: toDate(at), resolution },
    });
  }

  /** Ends the cases of contacts that were replaced, and of agencies that have somebody to write to again. @returns how many */
  resolveReachable(tx: Tx, at: Temporal.Instant): Promise<number> {
    return tx.$executeRawUnsafe(
      `UPDATE escalation e SET state = 'resolved', resolved_at = $1, resolution = 'contact-replaced'
       WHERE e.kind = 'unreachable' AND e.state <> 'resolved' AND (
         EXISTS (SELECT 1 FROM contact c WHERE c.id = e.contact_id AND (c.reachable OR NOT c.active))
         OR e.contact_id IS NULL AND EXISTS (SELECT 1 FROM contact c WHERE c.agency_id = e.agency_id AND c.active AND c.reachable))`,
      toDate(at),
    );
  }

  /** Acknowledgements are for a time: those that are over are raised again. @returns how many */
  async expire(tx: Tx, today: Temporal.PlainDate): Promise<number> {
    const { count } = await tx.escalation.updateMany({
      where: { state: 'acknowledged', acknowledgedUntil: { lt: plainToDate(today) } },
      data: { state: 'raised' },
    });
    return count;
  }

  /** @returns false when the contact was replaced meanwhile, so that nobody has to do anything about it any more */
  async markUnreachable(tx: Tx, contactId: string): Promise<boolean> {
    const { count } = await tx.contact.updateMany({ where: { id: contactId, active: true }, data: { reachable: false } });
    return count > 0;
  }

  /** The obligation that a case is about; null when it is about none. @throws DomainError `escalation-not-found` */
  async obligationOf(tx: Tx, id: string): Promise<string | null> {
    const row = await tx.escalation.findUnique({ where: { id }, select: { obligationId: true } });
    if (!row) throw new DomainError('escalation-not-found', `There is no escalation ${id}.`);
    return row.obligationId;
  }

  /** Locks a case. Whoever also needs its obligation locks that first, as those do who settle it. @throws DomainError `escalation-not-found` */
  async hold(tx: Tx, id: string): Promise<Escalation> {
    await tx.$queryRaw`SELECT id FROM escalation WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    const row = await tx.escalation.findUnique({ where: { id } });
    if (!row) throw new DomainError('escalation-not-found', `There is no escalation ${id}.`);
    return row;
  }

  async acknowledge(tx: Tx, id: string, by: { until: Temporal.PlainDate; actor: string; note: string }): Promise<void> {
    await tx.escalation.update({
      where: { id },
      data: { state: 'acknowledged', acknowledgedUntil: plainToDate(by.until), acknowledgedBy: by.actor, note: by.note },
    });
  }

  async list(filter: {
    state: 'raised' | 'acknowledged' | 'resolved' | undefined;
    agency: string | undefined;
    obligationId?: string;
    limit: number;
    after: string | undefined;
  }): Promise<z.output<typeof escalationView>[]> {
    const agencies = new Map((await this.database.agency.findMany({ select: { id: true, code: true } })).map((row) => [row.id, row.code]));
    const agencyId = filter.agency === undefined ? undefined : [...agencies].find(([, code]) => code === filter.agency)?.[0];
    if (filter.agency !== undefined && agencyId === undefined) return [];
    const rows = await this.database.escalation.findMany({
      where: {
        ...(filter.state === undefined ? {} : { state: filter.state }),
        ...(agencyId === undefined ? {} : { agencyId }),
        ...(filter.obligationId === undefined ? {} : { obligationId: filter.obligationId }),
        ...(filter.after === undefined ? {} : { id: { gt: filter.after } }),
      },
      orderBy: { id: 'asc' },
      take: filter.limit,
    });
    return rows.map((row) => escalationShown(row, agencies.get(row.agencyId) ?? ''));
  }
}

function escalationShown(row: Escalation, agency: string): z.output<typeof escalationView> {
  return {
    escalationId: row.id,
    kind: row.kind as EscalationKind,
    level: row.level as EscalationLevel,
    state: row.state as 'raised' | 'acknowledged' | 'resolved',
    obligationId: row.obligationId,
    agency,
    contactId: row.contactId,
    raisedAt: toInstant(row.raisedAt).toString(),
    acknowledgedUntil: row.acknowledgedUntil ? dateToPlain(row.acknowledgedUntil).toString() : null,
    acknowledgedBy: row.acknowledgedBy,
    note: row.note,
    resolvedAt: row.resolvedAt ? toInstant(row.resolvedAt).toString() : null,
    resolution: row.resolution,
  };
}
