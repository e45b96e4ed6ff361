import { Logger } from '@nestjs/common';
import pg from 'pg';
import { type Envelope } from '#contracts';
import { type LaneQueues } from './lane-queues.js';
import type { SqlDatabase } from './sql.js';

const BATCH = 1000;
/** Net below the bell: a lost notification costs this much. Real milliseconds. */
const POLL = 1000;

export interface OutboxRow {
  id: string;
  lanes: string[];
  envelope: Envelope;
}

/**
 * Carries outbox rows to their lanes. PostgreSQL rings (`LISTEN`), a slow poll stands behind it. Any number of relays may run: rows are claimed with
 * SKIP LOCKED, and a row published twice is one job because the job id is the message id.
 */
export class Relay {
  private readonly logger = new Logger(Relay.name);
  private listener: pg.Client | undefined;
  private running: Promise<void> | undefined;
  private stopping = false;
  private rung = false;
  private wake: () => void = () => undefined;
  private outage = false;

  constructor(
    private readonly database: SqlDatabase,
    private readonly queues: LaneQueues,
    private readonly options: { databaseUrl: string; schema: string },
  ) {}

  start(): void {
    this.running = this.loop();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
    await this.listener?.end().catch(() => undefined); // the connection may be gone already, which is what stopping wants
  }

  /** Publishes everything that is unpublished now. @returns how many rows */
  async drain(): Promise<number> {
    let total = 0;
    for (;;) {
      const published = await this.publishBatch();
      total += published;
      if (published < BATCH) return total;
    }
  }

  private publishBatch(): Promise<number> {
    return this.database.$transaction(
      async (tx) => {
        const rows = await tx.$queryRawUnsafe<OutboxRow[]>(
          `SELECT id, lanes, envelope FROM outbox WHERE published_at IS NULL ORDER BY seq LIMIT ${String(BATCH)} FOR UPDATE SKIP LOCKED`,
        );
        if (rows.length === 0) return 0;
        await Promise.all([...byLane(rows)].map(([lane, envelopes]) => this.queues.ring(lane, envelopes)));
        await tx.$executeRawUnsafe(
          `UPDATE outbox SET published_at = now() WHERE id = ANY($1::uuid[])`,
          rows.map((row) => row.id),
        );
        return rows.length;
      },
      { maxWait: 10_000, timeout: 30_000 },
    );
  }

  private async loop(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.listen();
        this.rung = false;
        await this.drain();
        if (this.outage) this.logger.log('The relay publishes again');
        this.outage = false;
      } catch (error) {
        if (!this.outage) this.logger.warn('The relay cannot publish; rows wait in the outbox', error);
        this.outage = true;
        await this.listener?.end().catch(() => undefined); // replaced below, whatever state it is in
        this.listener = undefined;
      }
      if (!this.rung) await this.pause();
    }
  }

  private async listen(): Promise<void> {
    if (this.listener) return;
    const client = new pg.Client({ connectionString: this.options.databaseUrl });
    const lost = (): void => {
      this.listener = undefined;
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', () => {
      this.rung = true;
      this.wake();
    });
    await client.connect();
    await client.query(`LISTEN "${this.options.schema}_outbox"`);
    this.listener = client;
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, POLL);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.stopping || this.rung) this.wake();
    });
  }
}

export function byLane(rows: readonly OutboxRow[]): Map<string, Envelope[]> {
  const lanes = new Map<string, Envelope[]>();
  for (const row of rows) {
    for (const lane of row.lanes) {
      const envelopes = lanes.get(lane) ?? [];
      envelopes.push(row.envelope);
      lanes.set(lane, envelopes);
    }
  }
  return lanes;
}
