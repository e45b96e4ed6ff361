import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** One story across services: from the click or the cron tick to the mail server's answer. */
export interface Trace {
  readonly correlationId: string;
  /** The message or request that this one follows from; null at the beginning of a story. */
  readonly causationId: string | null;
  /** Account id, or `service:<name>` when a service acts on its own. Never a person's name. */
  readonly actor: string;
}

const storage = new AsyncLocalStorage<Trace>();

/** Runs `work` so that every log line and every message it sends carries `trace`. */
export function withTrace<R>(trace: Trace, work: () => R): R {
  return storage.run(trace, work);
}

/** The running story, or undefined outside of any (boot, shutdown). */
export function currentTrace(): Trace | undefined {
  return storage.getStore();
}

/** The beginning of a story. */
export function newTrace(actor: string): Trace {
  return { correlationId: randomUUID(), causationId: null, actor };
}
