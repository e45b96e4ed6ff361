import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Clock } from '#calendar';
import { lanesOf, type Command, type Envelope, type Event, type PayloadOf } from '#contracts';
import { currentTrace, newTrace } from '#observability';
import type { SqlTx } from './sql.js';

/**
 * Messages of a service, written in the transaction of the change they tell of; the relay carries them to Redis afterwards.
 * Payloads are checked against their contract, and sealed values sealed, before they are stored.
 */
export class Outbox {
  constructor(
    private readonly clock: Clock,
    private readonly service: string,
  ) {}

  /** @returns the message id. @throws ZodError when the payload breaks its contract: a bug of the sender */
  async publish<C extends Command | Event>(tx: SqlTx, contract: C, payload: PayloadOf<C>): Promise<string> {
    const [id] = await this.publishAll(tx, contract, [payload]);
    if (id === undefined) throw new Error('nothing was published');
    return id;
  }

  /** As many messages of one contract in one statement. Order is kept per lane as far as the relay's batches go. */
  async publishAll<C extends Command | Event>(tx: SqlTx, contract: C, payloads: readonly PayloadOf<C>[]): Promise<string[]> {
    if (payloads.length === 0) return [];
    const lanes = lanesOf(contract);
    const head = this.head();
    const envelopes = payloads.map((payload) => ({
      id: randomUUID(),
      name: contract.name,
      ...head,
      payload: z.encode(contract.payload, payload),
    }));
    await tx.$executeRawUnsafe(
      `INSERT INTO outbox (id, name, lanes, envelope)
       SELECT e.id, $3, $4::text[], e.envelope FROM ROWS FROM (unnest($1::uuid[]), json_array_elements($2::json)) AS e(id, envelope)`,
      envelopes.map((envelope) => envelope.id),
      JSON.stringify(envelopes),
      contract.name,
      lanes,
    );
    return envelopes.map((envelope) => envelope.id);
  }

  /** What all messages of one moment have in common. */
  private head(): Omit<Envelope, 'id' | 'name' | 'payload'> {
    const trace = currentTrace() ?? newTrace(`service:${this.service}`);
    return {
      occurredAt: this.clock.now().toString(),
      correlationId: trace.correlationId,
      causationId: trace.causationId,
      actor: trace.actor,
      replyWanted: false,
      deadline: null,
      fingerprint: null,
    };
  }
}
