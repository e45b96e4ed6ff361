import { Injectable } from '@nestjs/common';
import { Clock, localDate, plainToDate, toDate } from '#calendar';
import type { auditLedger, ReplyOf } from '#contracts';
import { Database } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';

type Audit = ReplyOf<typeof auditLedger>;

/** How far behind a due step may be in office hours before it counts as left behind. Business minutes. */
const LEFT_BEHIND_MINUTES = 60;
const MOST = 200;

/**
 * Proves that the ledger holds: every open obligation has a step to come or a recorded reason why there is none; every generation has the rungs of its
 * ladder; nothing pending hangs on what is settled; nothing due was left behind; what is suspended stands still, and nothing else. Reads only.
 */
@Injectable()
export class AuditLedger {
  constructor(
    private readonly database: Database,
    private readonly rules: RuleFiles,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<Audit> {
    const now = this.clock.now();
    const [open, ...findings] = await Promise.all([
      this.database.obligation.count({ where: { state: 'open' } }),
      this.withoutNext(),
      this.hanging(),
      this.incomplete(),
      this.leftBehind(),
      this.standingStill(),
      this.tasksStandingStill(),
      this.suspensionsLeftBehind(),
    ]);
    const found = findings.flat();
    return { checkedAt: now.toString(), holds: found.length === 0, openObligations: open, findings: found.slice(0, MOST) };
  }

  /**
   * A ladder that came to its end is a reason only when the last level was told and its case is open; that level is the standing agency when the city
   * office itself owes. An item for the city office's list is one while it waits to be sent; discarded, it leaves the case of the standing agency. A
   * suspension is a reason as long as it runs.
   */
  private async withoutNext(): Promise<Audit['findings']> {
    const rows = await this.database.$queryRawUnsafe<{ id: string }[]>(
      `SELECT o.id FROM obligation o
       WHERE o.state = 'open' AND o.suspension_id IS NULL
         AND NOT EXISTS (SELECT 1 FROM step s WHERE s.obligation_id = o.id AND s.generation = o.generation AND s.state = 'pending')
         AND NOT EXISTS (SELECT 1 FROM escalation e WHERE e.obligation_id = o.id AND e.kind = 'overdue' AND e.state <> 'resolved'
           AND (e.level = 'city-office' OR o.debtor_id = (SELECT p.city_office_id FROM plan p WHERE p.id = o.plan_id)
             OR EXISTS (SELECT 1 FROM prepared_document d WHERE d.key = 'city-list-item:' || o.id || ':' || o.generation AND d.state = 'discarded')))
         AND NOT EXISTS (SELECT 1 FROM prepared_document d WHERE d.key = 'city-list-item:' || o.id || ':' || o.generation AND d.state = 'prepared')
       LIMIT ${String(MOST)}`,
    );
    return rows.map((row) => ({
      code: 'no-next-step',
      obligationId: row.id,
      message: 'Owed, but nothing will happen next and no reason is recorded: extend it, waive it or escalate it.',
    }));
  }

  private async hanging(): Promise<Audit['findings']> {
    const rows = await this.database.$queryRawUnsafe<{ id: string }[]>(
      `SELECT DISTINCT o.id FROM obligation o JOIN step s ON s.obligation_id = o.id
       WHERE s.state IN ('pending', 'held') AND (o.state <> 'open' OR s.generation <> o.generation) LIMIT ${String(MOST)}`,
    );
    return rows.map((row) => ({
      code: 'pending-on-settled',
      obligationId: row.id,
      message: 'A step is pending or held though the obligation is settled or a later generation runs.',
    }));
  }

  private async incomplete(): Promise<Audit['findings']> {
    const rows = await this.database.$queryRawUnsafe<{ id: string; generation: number }[]>(
      `SELECT o.id, g.generation FROM obligation o JOIN frozen_ladder l ON l.id = o.ladder_id CROSS JOIN LATERAL generate_series(1, o.generation) AS g(generation)
       LEFT JOIN LATERAL (SELECT count(*) AS steps FROM step s WHERE s.obligation_id = o.id AND s.generation = g.generation) c ON true
       WHERE c.steps <> jsonb_array_length(l.ladder->'rungs') LIMIT ${String(MOST)}`,
    );
    return rows.map((row) => ({
      code: 'incomplete-ladder',
      obligationId: row.id,
      message: `Generation ${String(row.generation)} does not have the rungs of its ladder.`,
    }));
  }

  /** What stands still and what goes on under which suspension; what was opened in the moment of one may be found by it the next morning. */
  private async standingStill(): Promise<Audit['findings']> {
    const rows = await this.database.$queryRawUnsafe<{ id: string; held: boolean }[]>(
      `SELECT o.id, true AS held FROM obligation o LEFT JOIN suspension s ON s.id = o.suspension_id
       WHERE o.state = 'open' AND CASE WHEN o.suspension_id IS NOT NULL THEN s.started_at IS NULL OR s.ended_at IS NOT NULL OR s.plan_id <> o.plan_id OR s.task_id IS NOT NULL AND s.task_id IS DISTINCT FROM o.task_id
         ELSE EXISTS (SELECT 1 FROM step t WHERE t.obligation_id = o.id AND t.state = 'held') END
       UNION ALL
       SELECT o.id, false FROM obligation o
       WHERE o.state = 'open' AND CASE WHEN o.suspension_id IS NOT NULL THEN EXISTS (SELECT 1 FROM step t WHERE t.obligation_id = o.id AND t.state = 'pending')
         ELSE o.opened_at < $1 AND EXISTS (SELECT 1 FROM suspension s WHERE s.plan_id = o.plan_id AND (s.task_id IS NULL OR s.task_id = o.task_id)
           AND s.started_at < $1 AND s.ended_at IS NULL) END
       LIMIT ${String(MOST)}`,
      toDate(this.clock.now().subtract({ hours: 24 })),
    );
    return rows.map(({ id, held }) =>
      held
        ? {
            code: 'held-without-suspension',
            obligationId: id,
            message: 'Its ladder stands still, but no suspension that runs is the reason.',
          }
        : { code: 'chased-though-suspended', obligationId: id, message: 'Its ladder goes on although its plan or its task is suspended.' },
    );
  }

  private async tasksStandingStill(): Promise<Audit['findings']> {
    const rows = await this.database.$queryRawUnsafe<{ code: string; document_number: string }[]>(
      `SELECT t.code, p.document_number FROM task t JOIN plan p ON p.id = t.plan_id
       WHERE t.status = 'suspended' AND NOT EXISTS (SELECT 1 FROM suspension s WHERE s.plan_id = t.plan_id AND (s.task_id IS NULL OR s.task_id = t.id)
         AND s.started_at IS NOT NULL AND s.ended_at IS NULL) LIMIT ${String(MOST)}`,
    );
    return rows.map((task) => ({
      code: 'task-held-without-suspension',
      obligationId: null,
      message: `Task ${task.code} of ${task.document_number} is suspended, but no suspension that runs is the reason.`,
    }));
  }

  private async suspensionsLeftBehind(): Promise<Audit['findings']> {
    const today = localDate(this.clock.now());
    const before = (days: number) => ({ lt: plainToDate(today.subtract({ days })) });
    const left = await this.database.suspension.findMany({
      // The day after its last one is when it ends.
      where: { endedAt: null, OR: [{ startedAt: null, fromOn: before(0) }, { untilOn: before(1) }] },
      take: MOST,
    });
    return left.map(({ id, decision }) => ({
      code: 'suspension-left-behind',
      obligationId: null,
      message: `The suspension ${id} by ${decision} should have begun or ended by its days: the schedule does not run.`,
    }));
  }

  private async leftBehind(): Promise<Audit['findings']> {
    const now = this.clock.now();
    const since = now.subtract({ minutes: LEFT_BEHIND_MINUTES });
    // Outside office hours, and in their first hour, nothing can be late yet.
    if (!this.rules.calendar.isOfficeHour(now) || !this.rules.calendar.isOfficeHour(since)) return [];
    const rows = await this.database.$queryRawUnsafe<{ obligation_id: string; rung: string }[]>(
      // What a suspension is to hold is not the sweep's, and what goes on since a moment ago was not in its reach before.
      `SELECT s.obligation_id, s.rung FROM step s JOIN obligation o ON o.id = s.obligation_id
       WHERE s.state = 'pending' AND s.due_at < $1 AND NOT EXISTS (SELECT 1 FROM suspension x WHERE x.plan_id = o.plan_id
         AND (x.task_id IS NULL OR x.task_id = o.task_id) AND (x.ended_at IS NULL AND x.from_on <= $2::date OR x.ended_at > $1)) LIMIT ${String(MOST)}`,
      toDate(since),
      plainToDate(localDate(now)),
    );
    return rows.map((row) => ({
      code: 'left-behind',
      obligationId: row.obligation_id,
      message: `${row.rung} was due more than an hour ago in office hours and is not decided: the sweep does not run.`,
    }));
  }
}
