import type { Temporal } from 'temporal-polyfill';

/** What a handler knows of the message in its hands, beside the payload. */
export interface Message {
  /** The same on every delivery: key of the inbox. */
  readonly id: string;
  readonly name: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly actor: string;
  /** Business time of the sender. */
  readonly occurredAt: Temporal.Instant;
  /** Digest of the request that carried an Idempotency-Key, else null. */
  readonly fingerprint: string | null;
  /** 1 on the first delivery. Snoozes do not count. */
  readonly attempt: number;
}
