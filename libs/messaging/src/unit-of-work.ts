import { DomainError } from '#contracts';
import type { Message } from './message.js';
import type { SqlDatabase, SqlTx } from './sql.js';

/** Long enough for a sweep over tens of thousands of steps; a transaction that needs more is a bug. Real milliseconds. */
const LIMITS = { maxWait: 10_000, timeout: 60_000 };

interface Receipt {
  fingerprint: string | null;
  reply: unknown;
}

/**
 * Transactions of a service. With a message in hand the effect and the receipt of the message commit together: delivered again, the message
 * has no second effect and gets the same reply.
 */
export class UnitOfWork<Tx extends SqlTx = SqlTx> {
  constructor(private readonly database: SqlDatabase<Tx>) {}

  /** One transaction without a message: sweeps and schedules. */
  run<R>(effect: (tx: Tx) => Promise<R>): Promise<R> {
    return this.database.$transaction(effect, LIMITS);
  }

  /**
   * The effect of `message`, exactly once. Idempotent by `message.id`.
   * @throws DomainError `idempotency-key-reused` when the same id came with another request
   */
  once<R>(message: Message, effect: (tx: Tx) => Promise<R>): Promise<R> {
    return this.run(async (tx) => {
      const fresh = await tx.$executeRawUnsafe(
        `INSERT INTO inbox (message_id, name, fingerprint) VALUES ($1::uuid, $2, $3) ON CONFLICT (message_id) DO NOTHING`,
        message.id,
        message.name,
        message.fingerprint,
      );
      if (fresh === 0) return this.earlierReply<R>(tx, message);
      const reply = await effect(tx);
      if (reply !== undefined && reply !== null) {
        await tx.$executeRawUnsafe(`UPDATE inbox SET reply = $2::jsonb WHERE message_id = $1::uuid`, message.id, JSON.stringify(reply));
      }
      return reply;
    });
  }

  /**
   * Many messages in one transaction (group commit): `effect` sees only those that had no effect yet. Idempotent by each id.
   * @returns the messages that were fresh
   */
  onceEach<M extends { readonly message: Message }>(
    handed: readonly M[],
    effect: (tx: Tx, fresh: readonly M[]) => Promise<void>,
  ): Promise<readonly M[]> {
    return this.run(async (tx) => {
      const inserted = await tx.$queryRawUnsafe<{ message_id: string }[]>(
        `INSERT INTO inbox (message_id, name, fingerprint)
         SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[])
         ON CONFLICT (message_id) DO NOTHING RETURNING message_id`,
        handed.map(({ message }) => message.id),
        handed.map(({ message }) => message.name),
        handed.map(({ message }) => message.fingerprint),
      );
      const ids = new Set(inserted.map((row) => row.message_id));
      // `delete` answers true once: a message that is twice in this batch is fresh once.
      const fresh = handed.filter(({ message }) => ids.delete(message.id));
      if (fresh.length > 0) await effect(tx, fresh);
      return fresh;
    });
  }

  private async earlierReply<R>(tx: Tx, message: Message): Promise<R> {
    const [receipt] = await tx.$queryRawUnsafe<Receipt[]>(`SELECT fingerprint, reply FROM inbox WHERE message_id = $1::uuid`, message.id);
    if (receipt && receipt.fingerprint !== message.fingerprint) {
      throw reusedKey();
    }
    return (receipt?.reply ?? null) as R;
  }
}

/** The same Idempotency-Key came with another request. */
export function reusedKey(): DomainError {
  return new DomainError(
    'idempotency-key-reused',
    'This Idempotency-Key was used for another request. Use a new key for a new request, and the same key only to repeat the same one.',
  );
}
