import { Injectable, Logger } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { localDate } from '#calendar';
import { UnitOfWork } from '#messaging';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { RETENTION } from './data-request.js';
import { PersonRepository } from './person.repository.js';

/** People in one transaction. */
const BATCH = 500;

/** Every night: whose data has served its purpose is forgotten ({@link RETENTION}). What they did stays, by number and without a name. */
@Injectable()
export class ForgetExpired {
  private readonly logger = new Logger(ForgetExpired.name);

  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly people: PersonRepository,
    private readonly history: HistoryRepository,
  ) {}

  /** In batches, each of which is whole. Idempotent. @returns how many were forgotten */
  async execute(at: Temporal.Instant): Promise<number> {
    const before = localDate(at).subtract({ days: RETENTION });
    let forgotten = 0;
    for (let batch = BATCH; batch === BATCH; forgotten += batch) batch = await this.work.run((tx) => this.forget(tx, before, at));
    if (forgotten > 0) this.logger.log(`${String(forgotten)} trainees whose classes ended before ${before.toString()} are forgotten`);
    return forgotten;
  }

  private async forget(tx: Tx, before: Temporal.PlainDate, at: Temporal.Instant): Promise<number> {
    const ids = await this.people.expired(tx, before, BATCH);
    if (ids.length === 0) return 0;
    await this.people.forget(tx, ids, at);
    const line = { at, what: 'forgotten', reason: 'Hết thời hạn lưu giữ', detail: { retentionDays: RETENTION, inBatch: ids.length } };
    await this.history.tell(
      tx,
      ids.map((subjectId) => ({ subject: 'trainee', subjectId, ...line })),
    );
    return ids.length;
  }
}
