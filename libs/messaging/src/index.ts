/*
 * How services talk: Nest's programming model over BullMQ, and the outbox and inbox that tie messages to transactions. The only importer of
 * bullmq and ioredis. Beside it what answering people needs in every service: pages, and whether a thing changed since they saw it.
 * Guarantees: at least once on the wire, exactly once in effect; nothing is dropped; a poison message blocks nothing behind it.
 * Not here: what messages mean (libs/contracts), and asking (asking.ts, for the gateway alone).
 */
export { Batcher } from './batcher.js';
export { bootService, type BootEnv } from './boot.js';
export { BullMqStrategy, type StrategyOptions } from './bullmq.strategy.js';
export { connectionsTo } from './connections.js';
export type { Message } from './message.js';
export { MessagingModule, type MessagingOptions } from './messaging.module.js';
export { On, type Handled } from './on.js';
export { Outbox } from './outbox.js';
export { outboxGauges } from './outbox-gauges.js';
export { pageOf } from './page.js';
export { Reconciler } from './reconciler.js';
export { Relay } from './relay.js';
export { RethrowFilter } from './rethrow.filter.js';
export { mustBeSeen } from './seen.js';
export { createService } from './service.js';
export type { SqlDatabase, SqlTx } from './sql.js';
export { UnitOfWork } from './unit-of-work.js';
export { cancel, snooze, type Verdict } from './verdict.js';
