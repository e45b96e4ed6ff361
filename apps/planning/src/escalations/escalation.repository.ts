import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { dateToPlain, plainToDate, toDate, toInstant } from '#calendar';
import { DomainError, type escalationKinds, type escalationView, type listEscalations, type PayloadOf } from '#contracts';
import type { Escalation, Prisma } from '../generated/prisma/client.js';
import { HistoryRepository, type HistoryEntry, type HistoryLine } from '../history/history.repository.js';
import { Database, type Tx } from '../persistence/database.js';

export type EscalationKind = (typeof escalationKinds)[number];
export type EscalationLevel = 'standing-agency' | 'city-office';

export interface RaisedCase {
  readonly level: EscalationLevel;
  readonly agencyId: string;
  readonly obligationId: string | null;
  readonly contactId: string | null;
  readonly calendarYear?: number;
}

/**
 * Cases for those who answer for a debtor. One open case per obligation and level, one per unreachable contact, one per obligation and agency without
 * anybody, one per year of the calendar.
 */
@Injectable()
export class EscalationRepository {
  constructor(
    private readonly database: Database,
    private readonly history: HistoryRepository,
  ) {}

  /** Raises cases that are not open yet; the database keeps each single, so a repeated call raises nothing twice. Set-based. */
  async raise(tx: Tx, kind: EscalationKind, cases: readonly RaisedCase[], at: Temporal.Instant): Promise<void> {
    if (cases.length === 0) return;
    const raised = await tx.$queryRawUnsafe<{ id: string }[]>(
      `INSERT INTO escalation (id, kind, level, agency_id, obligation_id, contact_id, calendar_year, raised_at)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::int[], $8::timestamptz[]) ON CONFLICT DO NOTHING RETURNING id`,
      cases.map(() => randomUUID()),
      cases.map(() => kind),
      cases.map((one) => one.level),
      cases.map((one) => one.agencyId),
      cases.map((one) => one.obligationId),
      cases.map((one) => one.contactId),
      cases.map((one) => one.calendarYear ?? null),
      cases.map(() => toDate(at)),
    );
    await this.tell(tx, ids(raised), { at, what: 'raised' });
  }

  /** Ends the cases of an obligation that is settled or begins anew. */
  async resolveOf(tx: Tx, obligationId: string, resolution: string, at: Temporal.Instant): Promise<void> {
    await this.resolveWhere(tx, { obligationId }, resolution, at);
  }

  /** Ends those of the cases that are not resolved yet. */
  async resolveWhere(tx: Tx, cases: Prisma.EscalationWhereInput, resolution: string, at: Temporal.Instant): Promise<void> {
    const resolved = await tx.escalation.updateManyAndReturn({
      where: { AND: [cases, { state: { not: 'resolved' } }] },
      data: { state: 'resolved', resolvedAt: toDate(at), resolution, version: { increment: 1 } },
      select: { id: true },
    });
    await this.tell(tx, ids(resolved), { at, what: 'resolved', reason: resolution });
  }

  /** Ends the cases of contacts that were replaced, and of agencies that have somebody to write to again. @returns how many */
  async resolveReachable(tx: Tx, at: Temporal.Instant): Promise<number> {
    const resolved = await tx.$queryRawUnsafe<{ id: string }[]>(
      `UPDATE escalation e SET state = 'resolved', resolved_at = $1, resolution = 'contact-replaced', version = e.version + 1
       WHERE e.kind = 'unreachable' AND e.state <> 'resolved' AND (
         EXISTS (SELECT 1 FROM contact c WHERE c.id = e.contact_id AND (c.reachable OR NOT c.active))
         OR e.contact_id IS NULL AND EXISTS (SELECT 1 FROM contact c WHERE c.agency_id = e.agency_id AND c.active AND c.reachable)) RETURNING e.id`,
      toDate(at),
    );
    await this.tell(tx, ids(resolved), { at, what: 'resolved', reason: 'contact-replaced' });
    return resolved.length;
  }

  /** Acknowledgements are for a time: those that are over are raised again. @returns how many */
  async expire(tx: Tx, today: Temporal.PlainDate, at: Temporal.Instant): Promise<number> {
    const expired = await tx.escalation.updateManyAndReturn({
      where: { state: 'acknowledged', acknowledgedUntil: { lt: plainToDate(today) } },
      data: { state: 'raised', version: { increment: 1 } },
      select: { id: true },
    });
    await this.tell(tx, ids(expired), { at, what: 'acknowledgement-expired' });
    return expired.length;
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

  /** Whether somebody is an active contact of the agency that a case lies with. A case of no obligation belongs to no plan, so any plan's will do. */
  async answersAtLevel(tx: Tx, found: Escalation, contactId: string): Promise<boolean> {
    const [row] = await tx.$queryRawUnsafe<{ answers: boolean }[]>(
      `SELECT EXISTS (
         SELECT FROM contact c JOIN plan p ON c.agency_id = CASE $2 WHEN 'city-office' THEN p.city_office_id ELSE p.standing_agency_id END
         WHERE c.id = $1::uuid AND c.active AND ($3::uuid IS NULL OR p.id = (SELECT o.plan_id FROM obligation o WHERE o.id = $3::uuid))) AS answers`,
      contactId,
      found.level,
      found.obligationId,
    );
    return row?.answers ?? false;
  }

  /** Changes a case that is held, and tells it. */
  async change(
    tx: Tx,
    id: string,
    to: Prisma.EscalationUpdateInput,
    line: Omit<HistoryLine, 'subject' | 'subjectId'>,
  ): Promise<{ state: 'raised' | 'acknowledged' | 'resolved'; assigneeId: string | null; version: number }> {
    const row = await tx.escalation.update({ where: { id }, data: { ...to, version: { increment: 1 } } });
    await this.tell(tx, [id], line);
    return { state: row.state as 'raised' | 'acknowledged' | 'resolved', assigneeId: row.assigneeId, version: row.version };
  }

  async list(filter: EscalationFilter, limit: number, after?: string): Promise<EscalationView[]> {
    const { agency, ...where } = filter;
    const agencies = new Map((await this.database.agency.findMany({ select: { id: true, code: true } })).map((row) => [row.id, row.code]));
    const agencyId = agency === undefined ? undefined : [...agencies].find(([, code]) => code === agency)?.[0];
    if (agency !== undefined && agencyId === undefined) return [];
    const rows = await this.database.escalation.findMany({
      where: {
        AND: [
          ...Object.entries(where).flatMap(([column, value]) => (value === undefined ? [] : [{ [column]: value }])),
          ...(agencyId === undefined ? [] : [{ agencyId }]),
          ...(after === undefined ? [] : [{ id: { gt: after } }]),
        ],
      },
      orderBy: { id: 'asc' },
      take: limit,
    });
    return rows.map((row) => escalationShown(row, agencies.get(row.agencyId) ?? ''));
  }

  /** @throws DomainError `escalation-not-found` */
  async story(id: string): Promise<EscalationView & { history: HistoryEntry[] }> {
    const row = await this.database.escalation.findUnique({ where: { id } });
    if (!row) throw new DomainError('escalation-not-found', `There is no escalation ${id}.`);
    const agency = await this.database.agency.findUnique({ where: { id: row.agencyId } });
    return { ...escalationShown(row, agency?.code ?? ''), history: await this.history.of(id) };
  }

  private async tell(tx: Tx, caseIds: readonly string[], line: Omit<HistoryLine, 'subject' | 'subjectId'>): Promise<void> {
    if (caseIds.length === 0) return;
    await this.history.tell(
      tx,
      caseIds.map((subjectId) => ({ subject: 'escalation', subjectId, ...line })),
    );
  }
}

type EscalationView = z.output<typeof escalationView>;
export type EscalationFilter = Partial<Omit<PayloadOf<typeof listEscalations>, 'limit' | 'after'>> & { readonly obligationId?: string };

const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map((row) => row.id);

function escalationShown(row: Escalation, agency: string): EscalationView {
  return {
    escalationId: row.id,
    kind: row.kind as EscalationKind,
    level: row.level as EscalationLevel,
    state: row.state as 'raised' | 'acknowledged' | 'resolved',
    obligationId: row.obligationId,
    agency,
    contactId: row.contactId,
    calendarYear: row.calendarYear,
    raisedAt: toInstant(row.raisedAt).toString(),
    acknowledgedUntil: row.acknowledgedUntil ? dateToPlain(row.acknowledgedUntil).toString() : null,
    acknowledgedBy: row.acknowledgedBy,
    assigneeId: row.assigneeId,
    note: row.note,
    resolvedAt: row.resolvedAt ? toInstant(row.resolvedAt).toString() : null,
    resolution: row.resolution,
    version: row.version,
  };
}
