import { randomUUID } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';

/** A message in the hands of a use case, as the strategy would hand it over. The same id is the same message. */
export function messageAt(occurredAt: Temporal.Instant, id: string = randomUUID()) {
  return { id, name: 'test', correlationId: randomUUID(), causationId: null, actor: 'tester', occurredAt, fingerprint: null, attempt: 1 };
}
