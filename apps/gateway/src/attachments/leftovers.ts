import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { SystemClock } from '#calendar';
import { addAttachment, knownAttachments } from '#contracts';
import { LaneInspector, QueryClient } from '#messaging/asking';
import { Spool } from './spool.js';
import { ATTACHMENT_STORE, type AttachmentStore } from './store.js';

/** Real milliseconds. */
const DAY = 24 * 3600 * 1000;
const SOON = 10 * 60 * 1000;
/** How old a file must be: whoever sends one waits seconds, and repeats within hours. */
const YOUNG = DAY;
const BATCH = 500;
/** Where planning is told of attachments. */
const LANE = 'planning.commands';

/**
 * Bytes of which planning was never told, because the gateway ended in between or planning refused them: removed a day later. Never removed: what is
 * younger, what planning knows, and what a message names that has not been worked yet.
 */
@Injectable()
export class Leftovers implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Leftovers.name);
  private next: NodeJS.Timeout | undefined;

  constructor(
    @Inject(ATTACHMENT_STORE) private readonly store: AttachmentStore,
    private readonly spool: Spool,
    private readonly queries: QueryClient,
    private readonly inspector: LaneInspector,
  ) {}

  /** Soon after the start, and every day. */
  onApplicationBootstrap(): void {
    this.plan(SOON);
  }

  onApplicationShutdown(): void {
    clearTimeout(this.next);
  }

  /** @returns how many files were removed; undefined when planning is busy or away, and nothing can be said */
  async sweep(): Promise<number | undefined> {
    // Age is real time whatever the business clock shows: it is that of the store.
    const before = new SystemClock().now().epochMilliseconds - YOUNG;
    await this.spool.forgetOlderThan(before);
    let removed = 0;
    for await (const ids of this.olderThan(before)) {
      // In this order: a message that is worked after the look into the lane is known to planning by the answer.
      const awaited = await this.awaited();
      if (!awaited) return undefined;
      const { known } = await this.queries.ask(knownAttachments, { ids });
      const needed = new Set([...awaited, ...known]);
      for (const id of ids.filter((one) => !needed.has(one))) {
        await this.store.remove(id);
        removed += 1;
      }
    }
    if (removed > 0) this.logger.log(`removed ${removed} files that belong to no attachment`);
    return removed;
  }

  private plan(delay: number): void {
    this.next = setTimeout(() => {
      void this.sweep()
        .catch((error: unknown) => {
          this.logger.warn('Files that belong to no attachment could not be looked for; it is tried again', error);
          return undefined;
        })
        .then((removed) => {
          this.plan(removed === undefined ? SOON : DAY);
        });
    }, delay);
    this.next.unref();
  }

  private async *olderThan(before: number): AsyncGenerator<string[]> {
    let ids: string[] = [];
    for await (const { id, storedAt } of this.store.list()) {
      if (storedAt < before) ids.push(id);
      if (ids.length < BATCH) continue;
      yield ids;
      ids = [];
    }
    if (ids.length > 0) yield ids;
  }

  /** Attachments in dead letters, which may be rung again; undefined while messages to planning wait or are worked. */
  private async awaited(): Promise<string[] | undefined> {
    const lane = (await this.inspector.states()).find((state) => state.lane === LANE);
    if (!lane || lane.waiting + lane.active + lane.delayed > 0) return undefined;
    const letters = await this.inspector.list({ lane: LANE }, { offset: 0, limit: lane.failed });
    if (letters.length < lane.failed) return undefined;
    return letters.flatMap(({ name, payload }) => {
      const told = addAttachment.payload.pick({ attachmentId: true }).safeParse(payload);
      return name === addAttachment.name && told.success ? [told.data.attachmentId] : [];
    });
  }
}
