import { Temporal } from 'temporal-polyfill';
import type { SqlDatabase } from '#messaging';

/** Real time that a finished run stays readable, on the business clock. */
const KEPT_DAYS = 30;
/** Rows that one pruning removes, so that it never takes long. */
const PRUNED_AT_ONCE = 10_000;
const MAX_OUTCOME = 500;

/** The `schedule_run` table: which occurrences somebody has taken, and how they ended. Each call is a transaction of its own. */
export class RunBook {
  constructor(private readonly database: SqlDatabase) {}

  /** The newest occurrence at or before `until` that anybody took; undefined before the first start ever. */
  async lastRun(task: string, until: Temporal.Instant): Promise<Temporal.Instant | undefined> {
    const [row] = await this.database.$queryRawUnsafe<{ runAt: Date | null }[]>(
      `SELECT max(run_at) AS "runAt" FROM schedule_run WHERE task = $1 AND run_at <= $2::timestamptz`,
      task,
      until.toString(),
    );
    return row?.runAt ? Temporal.Instant.fromEpochMilliseconds(row.runAt.getTime()) : undefined;
  }

  /** @returns true for exactly one caller per occurrence over all replicas and all time */
  async claim(task: string, runAt: Temporal.Instant): Promise<boolean> {
    const inserted = await this.database.$executeRawUnsafe(
      `INSERT INTO schedule_run (task, run_at) VALUES ($1, $2::timestamptz) ON CONFLICT (task, run_at) DO NOTHING`,
      task,
      runAt.toString(),
    );
    return inserted === 1;
  }

  async finish(task: string, runAt: Temporal.Instant, outcome: string): Promise<void> {
    await this.database.$executeRawUnsafe(
      `UPDATE schedule_run SET finished_at = now(), outcome = $3 WHERE task = $1 AND run_at = $2::timestamptz`,
      task,
      runAt.toString(),
      outcome.slice(0, MAX_OUTCOME),
    );
  }

  /** Forgets runs older than 30 business days, never the newest one: it tells after an outage what was missed. */
  async prune(task: string, now: Temporal.Instant): Promise<void> {
    await this.database.$executeRawUnsafe(
      `DELETE FROM schedule_run WHERE task = $1 AND run_at IN (
         SELECT run_at FROM schedule_run
         WHERE task = $1 AND run_at < $2::timestamptz AND run_at < (SELECT max(run_at) FROM schedule_run WHERE task = $1)
         ORDER BY run_at LIMIT ${String(PRUNED_AT_ONCE)})`,
      task,
      now.subtract({ hours: KEPT_DAYS * 24 }).toString(),
    );
  }
}
