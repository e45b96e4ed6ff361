import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { toDate } from '#calendar';
import { DomainError, type ReplyOf, type summarisePlan } from '#contracts';
import { Database } from '../persistence/database.js';

type Summary = ReplyOf<typeof summarisePlan>;
type Owed = Pick<Summary['obligations'], 'total' | 'open' | 'overdue'>;

const OWED = `
  count(o.id)::int AS total, count(*) FILTER (WHERE o.state = 'open')::int AS open,
  count(*) FILTER (WHERE o.state = 'open' AND o.overdue_at <= least($2, o.held_since))::int AS overdue`;

/** What is owed in plans and what was done about it, counted at the moment of asking. */
@Injectable()
export class PlanFigures {
  constructor(private readonly database: Database) {}

  /** @returns what each of the plans owes itself, by its id */
  async owed(planIds: readonly string[], now: Temporal.Instant): Promise<(planId: string) => Owed> {
    const rows = await this.database.$queryRawUnsafe<(Owed & { plan_id: string })[]>(
      `SELECT o.plan_id, ${OWED} FROM obligation o WHERE o.plan_id = ANY($1::uuid[]) GROUP BY o.plan_id`,
      [...new Set(planIds)],
      toDate(now),
    );
    const byPlan = new Map(rows.map(({ plan_id, ...owed }) => [plan_id, owed]));
    return (planId) => byPlan.get(planId) ?? { total: 0, open: 0, overdue: 0 };
  }

  /** @throws DomainError `plan-not-found` */
  async summary(planId: string, now: Temporal.Instant): Promise<Summary> {
    if ((await this.database.plan.count({ where: { id: planId } })) === 0)
      throw new DomainError('plan-not-found', `There is no plan ${planId}. GET /api/v1/plans lists them.`);
    const [steps] = await this.database.$queryRawUnsafe<Record<string, number>[]>(
      `SELECT count(*) FILTER (WHERE s.state = 'pending')::int AS pending, count(*) FILTER (WHERE s.state = 'held')::int AS held,
              count(*) FILTER (WHERE s.state = 'fired')::int AS fired,
              count(*) FILTER (WHERE s.state = 'superseded')::int AS superseded, count(*) FILTER (WHERE s.state = 'skipped')::int AS skipped,
              count(*) FILTER (WHERE s.state = 'fired' AND s.level IN ('reminder', 'due'))::int AS reminders,
              count(*) FILTER (WHERE s.state = 'fired' AND s.level LIKE 'chase-%')::int AS chasings
       FROM step s JOIN obligation o ON o.id = s.obligation_id WHERE o.plan_id = $1::uuid`,
      planId,
    );
    const [cases] = await this.database.$queryRawUnsafe<Record<string, number>[]>(
      `SELECT count(*) FILTER (WHERE e.level = 'standing-agency')::int AS standing, count(*) FILTER (WHERE e.level = 'city-office')::int AS city
       FROM escalation e JOIN obligation o ON o.id = e.obligation_id WHERE e.kind = 'overdue' AND o.plan_id = $1::uuid`,
      planId,
    );
    const below = await this.below(planId);
    return {
      asOf: now.toString(),
      obligations: await this.settled([planId], now),
      subPlans: { count: below.length, obligations: await this.settled(below, now) },
      steps: {
        pending: count(steps, 'pending'),
        held: count(steps, 'held'),
        fired: count(steps, 'fired'),
        superseded: count(steps, 'superseded'),
        skipped: count(steps, 'skipped'),
      },
      reminders: count(steps, 'reminders'),
      chasings: count(steps, 'chasings'),
      escalationsToStanding: count(cases, 'standing'),
      escalationsToCity: count(cases, 'city'),
      itemsForCity: await this.database.preparedDocument.count({ where: { planId, kind: 'city-list-item' } }),
    };
  }

  /** Obligations of all these plans together. */
  private async settled(planIds: readonly string[], now: Temporal.Instant): Promise<Summary['obligations']> {
    const [row] = await this.database.$queryRawUnsafe<Record<string, number>[]>(
      `SELECT ${OWED},
              count(*) FILTER (WHERE o.state = 'fulfilled' AND o.settled_at < o.overdue_at)::int AS on_time,
              count(*) FILTER (WHERE o.state = 'fulfilled' AND o.settled_at >= o.overdue_at)::int AS late,
              count(*) FILTER (WHERE o.state = 'waived')::int AS waived
       FROM obligation o WHERE o.plan_id = ANY($1::uuid[])`,
      planIds,
      toDate(now),
    );
    return {
      total: count(row, 'total'),
      open: count(row, 'open'),
      overdue: count(row, 'overdue'),
      fulfilledOnTime: count(row, 'on_time'),
      fulfilledLate: count(row, 'late'),
      waived: count(row, 'waived'),
    };
  }

  /** Ids of the plans below a plan, however deep. */
  private async below(planId: string): Promise<string[]> {
    const rows = await this.database.$queryRawUnsafe<{ id: string }[]>(
      `WITH RECURSIVE below AS (
         SELECT id FROM plan WHERE parent_id = $1::uuid UNION SELECT p.id FROM plan p JOIN below b ON p.parent_id = b.id)
       SELECT id FROM below`,
      planId,
    );
    return rows.map(({ id }) => id);
  }
}

function count(row: Readonly<Record<string, number>> | undefined, column: string): number {
  return row?.[column] ?? 0;
}
