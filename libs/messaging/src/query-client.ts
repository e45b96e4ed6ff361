import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Clock } from '#calendar';
import type { PayloadOf, Query, ReplyOf } from '#contracts';
import { currentTrace, newTrace } from '#observability';
import { type Asker } from './asker.js';

const PATIENCE = 3_000;

/** Asks a service a question. Reads only; a question that nobody answered in time is taken back. */
export class QueryClient {
  constructor(
    private readonly asker: Asker,
    private readonly clock: Clock,
  ) {}

  /**
   * @param options.timeoutMs real milliseconds, 3,000 unless told
   * @throws NobodyAnswered, MessageFailed, DomainError
   */
  ask<C extends Query>(contract: C, payload: PayloadOf<C>, options: { readonly timeoutMs?: number } = {}): Promise<ReplyOf<C>> {
    const trace = currentTrace() ?? newTrace('service:gateway');
    const timeoutMs = options.timeoutMs ?? PATIENCE;
    return this.asker.ask(
      contract,
      {
        id: randomUUID(),
        name: contract.name,
        occurredAt: this.clock.now().toString(),
        correlationId: trace.correlationId,
        causationId: trace.causationId,
        actor: trace.actor,
        replyWanted: true,
        deadline: Date.now() + timeoutMs,
        fingerprint: null,
        payload: z.encode(contract.payload, payload),
      },
      timeoutMs,
    );
  }
}
