import { QueueEvents, type Job } from 'bullmq';
import { answerSchema, DomainError, isLane, type Asked, type Envelope, type ReplyOf } from '#contracts';
import { withDeadline } from './deadline.js';
import { reusedKey } from './unit-of-work.js';
import { jobOptions, workerConnection, type LaneQueues, type QueueConnection } from './lane-queues.js';

/** Nobody did it in time, or Redis could not be reached. The same message may be sent again. */
export class NobodyAnswered extends Error {
  override readonly name = 'NobodyAnswered';

  constructor(
    readonly service: string,
    readonly lane: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`${service} did not answer on ${lane}: ${reason}`, options);
  }
}

/** The handler failed for good: the message is a dead letter. */
export class MessageFailed extends Error {
  override readonly name = 'MessageFailed';
}

/** Sends one message and waits for its answer. One shared listener per lane; answers are told apart by the message id. */
export class Asker {
  private readonly listeners = new Map<string, QueueEvents>();
  private closed = false;

  constructor(
    private readonly queues: LaneQueues,
    private readonly connection: QueueConnection,
  ) {}

  /**
   * @param within real milliseconds, enforced
   * @throws NobodyAnswered, MessageFailed, or the DomainError that the service answered
   */
  async ask<C extends Asked>(contract: C, envelope: Envelope, within: number): Promise<ReplyOf<C>> {
    await this.refuseReusedKey(contract, envelope);
    const { job, events } = await this.send(contract, envelope);
    const answer = answerSchema.safeParse(await this.waitFor(contract, job, events, within));
    if (!answer.success) throw new NobodyAnswered(contract.owner, contract.lane, 'it came too late and was not carried out');
    if (!answer.data.ok) throw new DomainError(answer.data.error.code, answer.data.error.message, answer.data.error.details);
    return contract.reply.parse(answer.data.reply) as ReplyOf<C>;
  }

  /** A listener that is just reconnecting ends with its next try; nobody waits for it beyond a bound. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled([...this.listeners.values()].map((events) => withDeadline(events.close(), 3_000)));
  }

  /** While a job is kept, adding it again answers the earlier result: the request must be the same one. Later the inbox makes the same check. */
  private async refuseReusedKey(contract: Asked, envelope: Envelope): Promise<void> {
    if (envelope.fingerprint === null) return;
    const earlier = (await this.queues
      .ready(contract.lane)
      .then((queue) => queue.getJob(envelope.id))
      .catch((cause: unknown) => {
        throw new NobodyAnswered(contract.owner, contract.lane, 'Redis cannot be reached', { cause });
      })) as Job<Envelope> | undefined;
    if (earlier && earlier.data.fingerprint !== envelope.fingerprint) throw reusedKey();
  }

  private async send(contract: Asked, envelope: Envelope): Promise<{ job: Job; events: QueueEvents }> {
    try {
      const events = await this.listen(contract.lane);
      const lane = isLane(contract.lane) ? contract.lane : undefined;
      if (!lane) throw new Error(`"${contract.lane}" is no lane`);
      const job = await this.queues.of(lane).add(contract.name, envelope, jobOptions(lane, envelope.id));
      return { job, events };
    } catch (cause) {
      throw new NobodyAnswered(contract.owner, contract.lane, 'Redis cannot be reached', { cause });
    }
  }

  private async waitFor(contract: Asked, job: Job, events: QueueEvents, within: number): Promise<unknown> {
    try {
      return await job.waitUntilFinished(events, within);
    } catch (cause) {
      const state = await soon(job.getState(), 'unknown');
      if (state === 'failed')
        throw new MessageFailed(`${contract.name} failed: ${cause instanceof Error ? cause.message : 'no reason'}`, { cause });
      if (contract.kind === 'query') await soon(job.remove(), undefined); // in somebody's hands just now: its deadline ends it
      const workers = await soon(this.queues.of(contract.lane).getWorkersCount(), 0);
      const reason = workers === 0 ? 'nobody listens to this lane; start the service' : `no answer within ${String(within)} ms`;
      throw new NobodyAnswered(contract.owner, contract.lane, reason, { cause });
    }
  }

  private async listen(lane: string): Promise<QueueEvents> {
    let events = this.listeners.get(lane);
    if (!events) {
      events = new QueueEvents(lane, {
        connection: workerConnection(this.connection.redisUrl, () => this.closed),
        prefix: this.connection.prefix,
      });
      events.setMaxListeners(0);
      events.on('error', () => undefined); // it reconnects by itself; askers meet their deadline meanwhile
      this.listeners.set(lane, events);
    }
    await withDeadline(events.waitUntilReady(), 2_000);
    return events;
  }
}

/** What is asked after the deadline only explains; without Redis it would hold the asker for seconds more. */
function soon<T, Fallback>(work: Promise<T>, fallback: Fallback): Promise<T | Fallback> {
  return withDeadline(work, 500).catch(() => fallback);
}
