import { randomUUID } from 'node:crypto';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { SystemClock } from '#calendar';
import { lanes, type Lane, obligationsSettled } from '#contracts';
import { pgDatabase, type PgDatabase, type TestStack } from '#testing';
import { LaneQueues } from './lane-queues.js';
import { Outbox } from './outbox.js';
import { UnitOfWork } from './unit-of-work.js';
import { removeLanes } from './training.int-fixture.js';

/** The sending side of the training service: its schema, and the lanes it rings. */
export interface Sender {
  readonly database: PgDatabase;
  readonly work: UnitOfWork;
  readonly outbox: Outbox;
  readonly queues: LaneQueues;
  /** Events that one service heard of, committed. @returns their ids */
  settle(count?: number): Promise<string[]>;
  unpublished(): Promise<number>;
  /** Ids of the rows that are still in the outbox, of these. */
  kept(ids: readonly string[]): Promise<string[]>;
  close(): Promise<void>;
}

/** The lane that `settle` reaches. */
export const SETTLED: Lane = 'notifications.events';

export function senderOn(stack: TestStack): Sender {
  const database = pgDatabase(stack.databaseUrl('training'));
  const queues = new LaneQueues(stack);
  const work = new UnitOfWork(database);
  const outbox = new Outbox(new SystemClock(), 'training');
  return {
    database,
    work,
    outbox,
    queues,
    settle: (count = 1) => work.run((tx) => outbox.publishAll(tx, obligationsSettled, Array.from({ length: count }, settled))),
    unpublished: async () => (await database.$queryRawUnsafe<unknown[]>(`SELECT 1 FROM outbox WHERE published_at IS NULL`)).length,
    kept: async (ids) => {
      const rows = await database.$queryRawUnsafe<{ id: string }[]>(`SELECT id FROM outbox WHERE id = ANY($1::uuid[])`, ids);
      return rows.map(({ id }) => id);
    },
    close: async () => {
      await removeLanes(queues, Object.keys(lanes) as Lane[]);
      await queues.close();
      await database.close();
    },
  };
}

const settled = () => ({ obligationIds: [randomUUID()], outcome: 'fulfilled' as const, at: '2020-06-01T00:30:00Z' });

/** A way to Redis that can be away: nothing listens on its port until `open`. */
export interface Road {
  readonly url: string;
  open(): Promise<void>;
  cut(): Promise<void>;
}

export async function roadTo(redisUrl: string): Promise<Road> {
  const { hostname, port } = new URL(redisUrl);
  const travellers = new Set<Socket>();
  let server: Server | undefined;
  const own = await freePort();
  return {
    url: `redis://127.0.0.1:${String(own)}`,
    open: async () => {
      server = createServer((near) => {
        const far = connect(Number(port), hostname);
        for (const [end, other] of [
          [near, far],
          [far, near],
        ] as const) {
          travellers.add(end);
          end.on('error', () => other.destroy());
          end.on('close', () => travellers.delete(end));
          end.pipe(other);
        }
      });
      await listening(server, own);
    },
    cut: async () => {
      const closing = server;
      server = undefined;
      for (const end of travellers) end.destroy();
      if (closing) await new Promise((resolve) => closing.close(resolve));
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await listening(server, 0);
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}
