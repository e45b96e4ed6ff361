import { Queue, type ConnectionOptions, type JobsOptions } from 'bullmq';
import { isLane, lanes, type Envelope, type Lane } from '#contracts';
import { withDeadline } from './deadline.js';

export interface QueueConnection {
  readonly redisUrl: string;
  /** Hash tag of every key, `{dondoc}`: one slot, so Redis Cluster works. */
  readonly prefix: string;
}

/** Tries to reach Redis again: soon, so that its return is noticed soon. Real milliseconds. */
const RETRY = { step: 200, ceiling: 2_000 };

/** Producers fail fast: the outbox keeps what could not be published, and a person who waits is told. */
const FAIL_FAST = { maxRetriesPerRequest: 1, enableOfflineQueue: true, commandTimeout: 5_000, retryStrategy: retryAfter };

/** For the first connection BullMQ alone would wait without end, and so would whoever stops or asks. Real milliseconds. */
const READY_WITHIN = 2_000;

function retryAfter(times: number): number {
  return Math.min(times * RETRY.step, RETRY.ceiling);
}

/** Workers wait for Redis as long as it takes. @param isOver says that nobody waits any more: BullMQ itself never gives up a first connection */
export function workerConnection(redisUrl: string, isOver: () => boolean = () => false): ConnectionOptions {
  return { url: redisUrl, maxRetriesPerRequest: null, retryStrategy: (times) => (isOver() ? null : retryAfter(times)) };
}

/** Options of a job that come from its lane's line in the table; the id is the message's, so a repeated add is the same job. */
export function jobOptions(lane: Lane, id: string): JobsOptions {
  const { attempts, deadLetters, keep } = lanes[lane];
  const finished = { age: keep.seconds, count: keep.count };
  return { jobId: id, attempts, backoff: { type: 'lane' }, removeOnComplete: finished, removeOnFail: deadLetters ? false : finished };
}

/** The producing side of the lanes, one connection each, opened when first used. */
export class LaneQueues {
  private readonly open = new Map<Lane, Queue>();

  constructor(private readonly connection: QueueConnection) {}

  /** @throws Error for a lane that is not in the table */
  of(name: string): Queue {
    if (!isLane(name)) throw new Error(`"${name}" is no lane: declare it in libs/contracts/src/lanes.ts`);
    const known = this.open.get(name);
    if (known) return known;
    const queue = new Queue(name, {
      connection: { url: this.connection.redisUrl, ...FAIL_FAST },
      prefix: this.connection.prefix,
    });
    // A lost connection is told to whoever calls; the event alone must not end the process.
    queue.on('error', () => undefined);
    this.open.set(name, queue);
    return queue;
  }

  /** The same once Redis has been reached. @throws Error when it cannot be */
  async ready(name: string): Promise<Queue> {
    const queue = this.of(name);
    await withDeadline(queue.waitUntilReady(), READY_WITHIN);
    return queue;
  }

  /** Rings messages on a lane. Idempotent by message id while the job is kept. */
  async ring(name: string, envelopes: readonly Envelope[]): Promise<void> {
    const queue = await this.ready(name);
    await queue.addBulk(
      envelopes.map((envelope) => ({ name: envelope.name, data: envelope, opts: jobOptions(name as Lane, envelope.id) })),
    );
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.open.values()].map((queue) => withDeadline(queue.close(), READY_WITHIN)));
    this.open.clear();
  }
}
