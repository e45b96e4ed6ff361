import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { localDate, plainToDate, toDate } from '#calendar';
import { DomainError, type RateGrouping } from '#contracts';
import { Database } from '../persistence/database.js';
import type { Counts } from './reporting-rate.js';

export interface RatesAsked {
  readonly planId: string;
  readonly by: RateGrouping;
  readonly from: Temporal.PlainDate | undefined;
  readonly to: Temporal.PlainDate | undefined;
  readonly requirement?: string | undefined;
  readonly agency?: string | undefined;
  /** The last instant that counts. */
  readonly asOf: Temporal.Instant;
}

export interface CountedRow extends Counts {
  readonly key: string;
  readonly label: string | null;
  readonly labelEn: string | null;
  readonly kinds: string[];
}

/** A row as the statement answers it. */
interface Found extends Omit<CountedRow, 'onTime'> {
  readonly isTotal: boolean;
  readonly raw: number;
  readonly withExtensions: number;
  readonly withForceMajeure: number;
}

/** What each grouping counts together, how that is called, and in which order it is told; constants, never what a caller sends. */
const GROUPINGS: Readonly<Record<RateGrouping, { key: string; label: string; labelEn: string; order: string }>> = {
  agency: { key: 'a.code', label: 'a.name', labelEn: 'a.name_en', order: `''` },
  level: {
    key: `coalesce(line.depth::text, 'outside')`,
    label: 'NULL',
    labelEn: 'NULL',
    order: `coalesce(lpad(line.depth::text, 4, '0'), '~')`,
  },
  requirement: { key: 'q.code', label: 'q.title', labelEn: 'q.title_en', order: `''` },
  period: { key: 'r.period_key', label: 'o.period', labelEn: 'o.period_en', order: 'o.original_due_on::text' },
};

/** Counts of reports, in one set-based statement each: what it costs follows how many reports a plan has. */
@Injectable()
export class ReportingRatesRepository {
  constructor(private readonly database: Database) {}

  /** @returns number of the plan's document. @throws DomainError `plan-not-found`, `agency-not-found`, `requirement-not-found` */
  async subject(asked: Pick<RatesAsked, 'planId' | 'agency' | 'requirement'>): Promise<string> {
    const plan = await this.database.plan.findUnique({ where: { id: asked.planId }, select: { documentNumber: true } });
    if (!plan) throw new DomainError('plan-not-found', `There is no plan ${asked.planId}. GET /api/v1/plans lists them.`);
    if (asked.agency !== undefined && (await this.database.agency.count({ where: { code: asked.agency } })) === 0)
      throw new DomainError('agency-not-found', `There is no agency ${asked.agency}. GET /api/v1/agencies lists them.`);
    const requirement = { planId: asked.planId, code: asked.requirement ?? '' };
    if (asked.requirement !== undefined && (await this.database.reportRequirement.count({ where: requirement })) === 0) {
      throw new DomainError('requirement-not-found', `The plan ${plan.documentNumber} asks for no report ${asked.requirement}.`);
    }
    return plan.documentNumber;
  }

  /** One row for each thing that the reports are counted by, and all of them together. */
  async count(asked: RatesAsked): Promise<{ rows: CountedRow[]; totals: Counts }> {
    const found = await this.database.$queryRawUnsafe<Found[]>(
      statement(asked.by),
      asked.planId,
      toDate(asked.asOf),
      plainToDate(localDate(asked.asOf)),
      asked.from ? plainToDate(asked.from) : null,
      asked.to ? plainToDate(asked.to) : null,
      asked.requirement ?? null,
      asked.agency ?? null,
    );
    const total = found.find(({ isTotal }) => isTotal);
    if (!total) throw new Error('the statement always counts a total');
    const rows = found.filter(({ isTotal }) => !isTotal);
    return {
      rows: rows.map((row) => ({ key: row.key, label: row.label, labelEn: row.labelEn, kinds: row.kinds, ...countsOf(row) })),
      totals: countsOf(total),
    };
  }
}

/**
 * Parameters: plan, last instant that counts, its day, first and last due day, requirement, agency. Days that reports are due are their first ones: an
 * extension moves no report into another table. A report is in time as obligations/punctuality.ts says it of what it fulfils.
 */
function statement(by: RateGrouping): string {
  const { key, label, labelEn, order } = GROUPINGS[by];
  return `
    WITH RECURSIVE line (id, depth) AS (
      SELECT p.issuer_id, 0 FROM plan p WHERE p.id = $1::uuid
      UNION ALL
      SELECT a.id, line.depth + 1 FROM agency a JOIN line ON a.reports_to_id = line.id
    ) CYCLE id SET met_again USING path,
    due AS (
      SELECT ${key} AS key, ${label} AS label, ${labelEn} AS label_en, ${order} AS sorted, a.kind,
             r.state = 'excluded' AS excluded, o.state = 'waived' AND r.state <> 'excluded' AS waived,
             r.state = 'returned' AS returned, o.state = 'open' AS open,
             o.overdue_at <= least($2, o.held_since) AS late_now,
             CASE WHEN o.first_fulfilled_at <= $2 THEN o.first_fulfilled_at END AS handed_in,
             o.original_overdue_at AS late_raw, o.extended_overdue_at AS late_extended,
             coalesce(o.first_overdue_at, o.overdue_at) AS late_with_everything
      FROM report r
      JOIN obligation o ON o.id = r.obligation_id
      JOIN report_requirement q ON q.id = r.requirement_id
      JOIN agency a ON a.id = o.debtor_id
      LEFT JOIN line ON line.id = a.id AND NOT line.met_again
      WHERE o.plan_id = $1::uuid AND o.state <> 'cancelled' AND o.original_due_on <= $3::date
        AND ($4::date IS NULL OR o.original_due_on >= $4::date) AND ($5::date IS NULL OR o.original_due_on <= $5::date)
        AND ($6::text IS NULL OR q.code = $6) AND ($7::text IS NULL OR a.code = $7)
    ),
    counted AS (
      SELECT key, kind, min(label COLLATE "C") AS label, min(label_en COLLATE "C") AS label_en, min(sorted COLLATE "C") AS sorted,
             count(*) FILTER (WHERE owed) AS expected,
             count(*) FILTER (WHERE owed AND handed_in IS NOT NULL) AS actual,
             count(*) FILTER (WHERE owed AND handed_in < late_raw) AS raw,
             count(*) FILTER (WHERE owed AND handed_in < late_extended) AS extended,
             count(*) FILTER (WHERE owed AND handed_in < late_with_everything) AS everything,
             count(*) FILTER (WHERE owed AND handed_in IS NOT NULL AND returned) AS returned,
             count(*) FILTER (WHERE owed AND late_now AND (handed_in IS NULL OR open)) AS overdue,
             count(*) FILTER (WHERE waived) AS waived,
             count(*) FILTER (WHERE excluded) AS excluded
      FROM due, LATERAL (SELECT NOT waived AND NOT excluded AS owed) AS expected
      GROUP BY key, kind
    )
    SELECT GROUPING(key) = 1 AS "isTotal", key, min(label) AS label, min(label_en) AS "labelEn",
           coalesce(array_agg(DISTINCT kind) FILTER (WHERE kind IS NOT NULL), '{}') AS kinds,
           ${summed({ expected: 'expected', actual: 'actual', raw: 'raw', extended: 'withExtensions', everything: 'withForceMajeure' })},
           ${summed({ returned: 'returned', overdue: 'overdue', waived: 'waived', excluded: 'excluded' })}
    FROM counted GROUP BY GROUPING SETS ((key), ()) ORDER BY min(sorted), key COLLATE "C"`;
}

function summed(columns: Readonly<Record<string, string>>): string {
  return Object.entries(columns)
    .map(([column, name]) => `coalesce(sum(${column}), 0)::int AS "${name}"`)
    .join(', ');
}

function countsOf({ expected, actual, raw, withExtensions, withForceMajeure, returned, overdue, waived, excluded }: Found): Counts {
  return { expected, actual, onTime: { raw, withExtensions, withForceMajeure }, returned, overdue, waived, excluded };
}
