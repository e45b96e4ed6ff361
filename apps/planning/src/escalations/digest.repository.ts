import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { dateToPlain, plainToDate, startOfDay, toDate } from '#calendar';
import type { DocumentKind } from '#contracts';
import type { Tx } from '../persistence/database.js';
import { CalendarCases } from './calendar-case.repository.js';

export interface DigestRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly name_en: string;
  readonly title: string;
  readonly title_en: string;
  readonly period: string;
  readonly period_en: string;
  readonly due_on: string;
  readonly chasings: number;
  readonly contact_id: string | null;
}

export interface UnreachableRow {
  readonly code: string;
  readonly name: string;
  readonly name_en: string;
  /** Null for an agency that has nobody left. */
  readonly contact_id: string | null;
  readonly since: string;
}

const ROW = `o.id, a.code, a.name, a.name_en, o.title, o.title_en, o.period, o.period_en, o.due_on::text,
  (SELECT count(*) FROM step s WHERE s.obligation_id = o.id AND s.generation = o.generation AND s.state = 'fired' AND s.level LIKE 'chase-%')::int AS chasings,
  (SELECT c.id FROM contact c WHERE c.agency_id = a.id AND c.active AND c.role = 'FOCAL' ORDER BY c.id LIMIT 1) AS contact_id`;

@Injectable()
export class DigestRepository {
  constructor(private readonly calendar: CalendarCases) {}

  async figures(tx: Tx, planId: string, today: Temporal.PlainDate, now: Temporal.Instant) {
    const weekAgo = startOfDay(today.subtract({ days: 7 }));
    const weekAhead = today.add({ days: 7 });
    const [row] = await tx.$queryRawUnsafe<
      { open: number; overdue: number; dueThisWeek: number; submittedThisWeek: number; escalated: number }[]
    >(
      `SELECT count(*) FILTER (WHERE state = 'open')::int AS open,
              count(*) FILTER (WHERE state = 'open' AND overdue_at <= least($2, held_since))::int AS overdue,
              count(*) FILTER (WHERE state = 'open' AND suspension_id IS NULL AND due_on >= $3::date AND due_on < $4::date)::int AS "dueThisWeek",
              count(*) FILTER (WHERE state = 'fulfilled' AND settled_at >= $5)::int AS "submittedThisWeek",
              (SELECT count(*) FROM escalation e JOIN obligation x ON x.id = e.obligation_id WHERE x.plan_id = $1::uuid AND e.kind = 'overdue' AND e.state <> 'resolved')::int AS escalated
       FROM obligation WHERE plan_id = $1::uuid`,
      planId,
      toDate(now),
      plainToDate(today),
      plainToDate(weekAhead),
      toDate(weekAgo),
    );
    return row ?? { open: 0, overdue: 0, dueThisWeek: 0, submittedThisWeek: 0, escalated: 0 };
  }

  late(tx: Tx, planId: string, now: Temporal.Instant): Promise<DigestRow[]> {
    return tx.$queryRawUnsafe<DigestRow[]>(
      `SELECT ${ROW} FROM obligation o JOIN agency a ON a.id = o.debtor_id WHERE o.plan_id = $1::uuid AND o.state = 'open' AND o.overdue_at <= least($2, o.held_since) ORDER BY o.due_on, a.code LIMIT 500`,
      planId,
      toDate(now),
    );
  }

  /** Open cases of contacts and agencies that mail does not reach, of agencies that owe something in the plan. */
  unreachable(tx: Tx, planId: string): Promise<UnreachableRow[]> {
    return tx.$queryRawUnsafe<UnreachableRow[]>(
      `SELECT DISTINCT ON (a.code, e.contact_id) a.code, a.name, a.name_en, e.contact_id, (e.raised_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date::text AS since
       FROM escalation e JOIN agency a ON a.id = e.agency_id
       WHERE e.kind = 'unreachable' AND e.state <> 'resolved' AND EXISTS (SELECT FROM obligation o WHERE o.plan_id = $1::uuid AND o.debtor_id = e.agency_id)
       ORDER BY a.code, e.contact_id, e.raised_at LIMIT 500`,
      planId,
    );
  }

  /** Years with an open case about their days off. */
  calendarYears(tx: Tx): Promise<number[]> {
    return this.calendar.open(tx);
  }

  /** What stands still in the plan now. */
  async suspensions(tx: Tx, planId: string) {
    const rows = await tx.suspension.findMany({
      where: { planId, startedAt: { not: null }, endedAt: null },
      orderBy: [{ fromOn: 'asc' }, { id: 'asc' }],
      select: { decision: true, fromOn: true, untilOn: true, task: true, _count: { select: { obligations: true } } },
    });
    return rows.map(({ task, decision, fromOn, untilOn, _count }) => ({
      task: task && { code: task.code, title: task.title },
      decision,
      since: dateToPlain(fromOn).toString(),
      until: untilOn && dateToPlain(untilOn).toString(),
      held: _count.obligations,
    }));
  }

  /** Prepared documents that nobody has sent or published yet, and where they are to be seen. */
  async waiting(tx: Tx, planId: string): Promise<{ kind: DocumentKind; count: number; path: string }[]> {
    const rows = await tx.preparedDocument.groupBy({
      by: ['kind'],
      where: { planId, state: 'prepared' },
      orderBy: { kind: 'asc' },
      _count: true,
    });
    return rows.map(({ kind, _count }) => ({
      kind: kind as DocumentKind,
      count: _count,
      path: `/plans/${planId}/prepared-documents?kind=${kind}`,
    }));
  }

  dueBetween(tx: Tx, planId: string, from: Temporal.PlainDate, to: Temporal.PlainDate): Promise<DigestRow[]> {
    return tx.$queryRawUnsafe<DigestRow[]>(
      `SELECT ${ROW} FROM obligation o JOIN agency a ON a.id = o.debtor_id
       WHERE o.plan_id = $1::uuid AND o.state = 'open' AND o.due_on >= $2::date AND o.due_on <= $3::date AND o.suspension_id IS NULL ORDER BY o.due_on, a.code LIMIT 500`,
      planId,
      plainToDate(from),
      plainToDate(to),
    );
  }
}
