import { Logger } from '@nestjs/common';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { DelayedError, UnrecoverableError, Worker, type Job } from 'bullmq';
import { lastValueFrom } from 'rxjs';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { CalendarYearMissingError, type Clock } from '#calendar';
import {
  DomainError,
  envelopeSchema,
  handledBy,
  isLane,
  lanes,
  lanesOf,
  type Answer,
  type Contract,
  type Envelope,
  type Lane,
  type Service,
} from '#contracts';
import { withTrace } from '#observability';
import { backoff } from './backoff.js';
import { withDeadline } from './deadline.js';
import { workerConnection, type QueueConnection } from './lane-queues.js';
import type { Message } from './message.js';
import { QUEUES } from './on.js';
import { isSnooze, isVerdict } from './verdict.js';
import { workedLanes } from './worked-lanes.js';

/** A killed process is noticed after this long; handlers are idempotent, so its messages are simply handed to another. Real milliseconds. */
const LOCK = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 20 };
/** How long a stopping process may finish what it holds before it gives it back. Real milliseconds. */
const STOP_WITHIN = 10_000;

export interface StrategyOptions extends QueueConnection {
  readonly service: Service;
  readonly clock: Clock;
}

/**
 * Nest's programming model over BullMQ: one worker per lane of the service. Refuses to listen unless every contract of the service has exactly one
 * handler. Parses envelope and payload, opens the trace, turns the handler's result into a verdict.
 */
export class BullMqStrategy extends Server implements CustomTransportStrategy {
  override readonly transportId = QUEUES;
  protected override readonly logger = new Logger(BullMqStrategy.name);
  private readonly contracts: ReadonlyMap<string, Contract>;
  private readonly twice = new Set<string>();
  private workers: Worker[] = [];

  constructor(private readonly options: StrategyOptions) {
    super();
    this.contracts = new Map(handledBy(options.service).map((contract) => [contract.name, contract]));
  }

  override addHandler(pattern: unknown, callback: MessageHandler, isEventHandler?: boolean, extras?: Record<string, unknown>): void {
    if (typeof pattern === 'string' && this.messageHandlers.has(pattern)) this.twice.add(pattern);
    super.addHandler(pattern, callback, isEventHandler, extras);
  }

  /** Hands Nest the boot error, if any, or begins to work. */
  async listen(done: (error?: unknown) => void): Promise<void> {
    try {
      this.refuseBadWiring();
      this.workers = this.lanes().map((lane) => this.workOn(lane));
      await Promise.all(this.workers.map((worker) => worker.waitUntilReady()));
      for (const worker of this.workers) void worker.run();
      done();
    } catch (error) {
      done(error);
    }
  }

  /**
   * Takes nothing new, finishes what is in hand within the bound, gives the rest back: its lock expires and another process takes it. A worker that
   * cannot end, because its message does not or because Redis is away, is left to the end of the process.
   */
  async close(): Promise<void> {
    try {
      await withDeadline(Promise.all(this.workers.map((worker) => worker.close())), STOP_WITHIN);
    } catch {
      this.logger.warn('Messages were still in hand at the end of the stop, or Redis is away; they are given back');
    }
    this.workers = [];
  }

  on(): this {
    return this;
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- Nest's own signature
  unwrap<T>(): T {
    return this.workers as T;
  }

  /** Lanes that this service listens to. */
  lanes(): Lane[] {
    return workedLanes(this.options.service);
  }

  private refuseBadWiring(): void {
    const handled = [...this.messageHandlers.keys()];
    const missing = [...this.contracts.keys()].filter((name) => !handled.includes(name));
    const undeclared = handled.filter((name) => !this.contracts.has(name));
    const nowhere = [...this.contracts.values()].flatMap((contract) => lanesOf(contract)).filter((lane) => !isLane(lane));
    const problems = [
      ...missing.map((name) => `no handler for ${name}: add a method with @On(...) to a consumer`),
      ...[...this.twice].map((name) => `two handlers for ${name}: remove one`),
      ...undeclared.map(
        (name) => `a handler for ${name}, which ${this.options.service} neither owns nor subscribed to: see subscriptions.ts`,
      ),
      ...nowhere.map((lane) => `no lane ${lane}: declare it in lanes.ts`),
    ];
    if (problems.length > 0) throw new Error(`${this.options.service} does not start:\n  ${problems.join('\n  ')}`);
  }

  private workOn(lane: Lane): Worker {
    const policy = lanes[lane];
    const rate = 'rate' in policy ? policy.rate : undefined;
    const worker = new Worker(lane, (job: Job<unknown>, token?: string) => this.handle(job, token), {
      connection: workerConnection(this.options.redisUrl),
      prefix: this.options.prefix,
      concurrency: policy.concurrency,
      ...(rate === undefined ? {} : { limiter: { max: rate, duration: 1000 } }),
      ...LOCK,
      autorun: false,
      settings: { backoffStrategy: (attempts) => backoff(policy.backoff, attempts) },
    });
    worker.on('error', (error) => {
      this.logger.warn(`Redis: ${error.message}`, { lane });
    });
    worker.on('failed', (job, error) => {
      const final = !job || error instanceof UnrecoverableError || job.attemptsMade >= (job.opts.attempts ?? 1);
      if (final)
        this.logger.error(`Dead letter: ${job?.name ?? 'a message'}: ${error.message}`, {
          lane,
          messageId: job?.id,
          attempts: job?.attemptsMade,
        });
      else this.logger.warn(`Will be tried again: ${job.name}: ${error.message}`, { lane, messageId: job.id, attempts: job.attemptsMade });
    });
    return worker;
  }

  private async handle(job: Job<unknown>, token: string | undefined): Promise<Answer | null> {
    const { envelope, contract, payload, handler } = this.open(job);
    if (envelope.deadline !== null && Date.now() > envelope.deadline) return null; // nobody waits for it any more
    const message: Message = {
      id: envelope.id,
      name: envelope.name,
      correlationId: envelope.correlationId,
      causationId: envelope.causationId,
      actor: envelope.actor,
      occurredAt: Temporal.Instant.from(envelope.occurredAt),
      fingerprint: envelope.fingerprint,
      attempt: job.attemptsMade + 1,
    };
    const asked = envelope.replyWanted && contract.kind !== 'event';
    try {
      const result = await withTrace({ correlationId: message.correlationId, causationId: message.id, actor: message.actor }, () =>
        this.record(contract, job, () => this.run(handler, payload, message)),
      );
      if (isVerdict(result)) return await this.obey(result, job, token);
      return asked ? { ok: true, reply: z.encode(contract.reply, result) } : null;
    } catch (error) {
      // Whoever waits is told which year is missing; what nobody waits for is tried again, and goes on when the year is there.
      if (asked && error instanceof CalendarYearMissingError)
        return { ok: false, error: { code: error.code, message: error.message, details: [] } };
      if (!(error instanceof DomainError)) throw error;
      if (asked) return { ok: false, error: { code: error.code, message: error.message, details: [...error.details] } };
      throw new UnrecoverableError(`${error.code}: ${error.message}`);
    }
  }

  /**
   * One line in the story of what a person asked for and of what services tell each other: whoever has a correlation id finds it in every log it went
   * through. Questions change nothing, and mails are too many; their ledger tells of each.
   */
  private async record<R>(contract: Contract, job: Job<unknown>, work: () => Promise<R>): Promise<R> {
    const level = contract.kind === 'query' || job.queueName === 'notifications.email' ? 'debug' : 'log';
    const facts = { lane: job.queueName, messageId: job.id };
    try {
      const result = await work();
      this.logger[level](`Done: ${contract.name}`, facts);
      return result;
    } catch (error) {
      if (error instanceof DomainError) this.logger[level](`Refused: ${contract.name}: ${error.code}`, facts);
      throw error;
    }
  }

  private open(job: Job<unknown>): { envelope: Envelope; contract: Contract; payload: unknown; handler: MessageHandler } {
    const envelope = envelopeSchema.safeParse(job.data);
    if (!envelope.success) throw new UnrecoverableError(`broken envelope: ${reasons(envelope.error)}`);
    const contract = this.contracts.get(envelope.data.name);
    const handler = this.getHandlerByPattern(envelope.data.name);
    if (!contract || !handler) throw new UnrecoverableError(`no handler for ${envelope.data.name} in ${this.options.service}`);
    const payload = contract.payload.safeParse(envelope.data.payload);
    if (!payload.success) throw new UnrecoverableError(`broken payload of ${contract.name}: ${reasons(payload.error)}`);
    return { envelope: envelope.data, contract, payload: payload.data, handler };
  }

  private async run(handler: MessageHandler, payload: unknown, message: Message): Promise<unknown> {
    const result: unknown = await handler(payload, message);
    return await lastValueFrom(this.transformToObservable(result), { defaultValue: undefined });
  }

  private async obey(verdict: Parameters<typeof isSnooze>[0], job: Job<unknown>, token: string | undefined): Promise<never> {
    if (!isSnooze(verdict)) throw new UnrecoverableError(`cancelled: ${verdict.reason}`);
    await job.moveToDelayed(Date.now() + Math.ceil(this.options.clock.realMillisUntil(verdict.until)), token);
    throw new DelayedError();
  }
}

/** What is wrong and where, without the values: they may be personal. */
function reasons(error: z.ZodError): string {
  return error.issues
    .map((issue) => `${issue.path.join('.') || '(whole)'}: ${issue.code === 'custom' ? issue.message : issue.code}`)
    .join('; ');
}
