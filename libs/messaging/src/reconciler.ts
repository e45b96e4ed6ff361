import { Logger } from '@nestjs/common';
import { type LaneQueues } from './lane-queues.js';
import { byLane, type OutboxRow } from './relay.js';
import type { SqlDatabase } from './sql.js';

/** Real milliseconds. A message younger than `GRACE` may still be on its way. */
const EVERY = 5_000;
const GRACE_SECONDS = 10;
const BATCH = 2000;
const PRUNE_EVERY_ROUNDS = 720;
/** Longer than any message lives in an outbox. */
const RECEIPTS_KEPT_DAYS = 90;

export interface Reconciliation {
  readonly settled: number;
  readonly rung: number;
}

interface PublishedRow extends OutboxRow {
  published_at: Date;
}

/**
 * Looks after published messages until every lane has finished them. Finished: the row goes. In no lane at all (Redis was lost, or forgot): rung again
 * with the same id, which the receipt in the consumer's inbox makes harmless. Waiting, active, delayed or dead: left alone. By progress, not by age.
 */
export class Reconciler {
  private readonly logger = new Logger(Reconciler.name);
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<unknown> | undefined;
  private after: { at: Date; id: string } | undefined;
  private rounds = 0;
  private stopping = false;

  constructor(
    private readonly database: SqlDatabase,
    private readonly queues: LaneQueues,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.working ??= this.round().finally(() => {
        this.working = undefined;
      });
    }, EVERY);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await this.working;
  }

  /** One batch of published rows; a cursor goes round so that a large backlog of waiting mail is not read again every few seconds. */
  async reconcile(graceSeconds = GRACE_SECONDS): Promise<Reconciliation> {
    const rows = await this.nextRows(graceSeconds);
    const last = rows.length === BATCH ? rows.at(-1) : undefined;
    this.after = last && { at: last.published_at, id: last.id };
    const states = await Promise.all(rows.map((row) => this.statesOf(row)));
    const finished = rows.filter((_, index) => states[index]?.every((state) => state === 'completed'));
    const absent = rows.flatMap((row, index) => {
      const lanes = row.lanes.filter((_, lane) => states[index]?.[lane] === 'unknown');
      return lanes.length > 0 ? [{ ...row, lanes }] : [];
    });
    if (finished.length > 0)
      await this.database.$executeRawUnsafe(
        `DELETE FROM outbox WHERE id = ANY($1::uuid[])`,
        finished.map((row) => row.id),
      );
    for (const [lane, envelopes] of byLane(absent)) await this.queues.ring(lane, envelopes);
    if (absent.length > 0) this.logger.warn(`Rang ${String(absent.length)} messages again that were in no lane`);
    return { settled: finished.length, rung: absent.length };
  }

  private async round(): Promise<void> {
    try {
      // After a burst the finished rows are many: they are told from lost ones only as long as their jobs are kept.
      while ((await this.reconcile()).settled > BATCH / 2 && !this.stopping);
      this.rounds += 1;
      if (this.rounds % PRUNE_EVERY_ROUNDS === 0) await this.prune();
    } catch (error) {
      this.logger.warn('The reconciler will try again', error);
    }
  }

  private nextRows(graceSeconds: number): Promise<PublishedRow[]> {
    const cursor = this.after;
    return this.database.$queryRawUnsafe<PublishedRow[]>(
      `SELECT id, lanes, envelope, published_at FROM outbox
       WHERE published_at < now() - make_interval(secs => $1) AND ($2::timestamptz IS NULL OR (published_at, id) > ($2::timestamptz, $3::uuid))
       ORDER BY published_at, id LIMIT ${String(BATCH)}`,
      graceSeconds,
      cursor?.at ?? null,
      cursor?.id ?? null,
    );
  }

  private statesOf(row: PublishedRow): Promise<string[]> {
    return Promise.all(row.lanes.map(async (lane) => (await this.queues.ready(lane)).getJobState(row.id)));
  }

  private async prune(): Promise<void> {
    await this.database.$executeRawUnsafe(
      `DELETE FROM inbox WHERE message_id IN (SELECT message_id FROM inbox WHERE received_at < now() - make_interval(days => $1) LIMIT 10000)`,
      RECEIPTS_KEPT_DAYS,
    );
  }
}
