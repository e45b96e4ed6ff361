import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Clock } from '#calendar';
import { nameBasedId, type Command, type PayloadOf, type ReplyOf } from '#contracts';
import { currentTrace, newTrace } from '#observability';
import { type Asker } from './asker.js';

export interface CommandOptions {
  /** The caller's Idempotency-Key: the same key of the same actor is the same message. */
  readonly idempotencyKey?: string | undefined;
  /** Digest of the request, to tell a repetition from another request under the same key. */
  readonly fingerprint?: string | null | undefined;
  /** Real milliseconds, 10,000 unless told. */
  readonly timeoutMs?: number | undefined;
}

const PATIENCE = 10_000;

/** Tells a service to do something and waits for its verdict. Safe to repeat with the same key: the effect happens once and the answer is the same. */
export class CommandClient {
  constructor(
    private readonly asker: Asker,
    private readonly clock: Clock,
  ) {}

  /** @throws NobodyAnswered (repeat with the same key), MessageFailed, or the DomainError that the service answered */
  execute<C extends Command>(contract: C, payload: PayloadOf<C>, options: CommandOptions = {}): Promise<ReplyOf<C>> {
    const trace = currentTrace() ?? newTrace('service:gateway');
    const id = options.idempotencyKey === undefined ? randomUUID() : nameBasedId(trace.actor, contract.name, options.idempotencyKey);
    return this.asker.ask(
      contract,
      {
        id,
        name: contract.name,
        occurredAt: this.clock.now().toString(),
        correlationId: trace.correlationId,
        causationId: trace.causationId,
        actor: trace.actor,
        replyWanted: true,
        deadline: null,
        fingerprint: options.fingerprint ?? null,
        payload: z.encode(contract.payload, payload),
      },
      options.timeoutMs ?? PATIENCE,
    );
  }
}
