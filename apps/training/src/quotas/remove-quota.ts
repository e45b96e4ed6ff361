import { Injectable } from '@nestjs/common';
import { DomainError, type PayloadOf, type removeQuota, type ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { QuotaDesk } from './quota-desk.js';
import { mustTakeNominations } from './quota.js';
import { keyOf } from './quota.repository.js';

/** Nothing is asked of an agency any more; its obligation is cancelled. Whom it nominated is withdrawn before, one by one, so that nobody is dropped unseen. */
@Injectable()
export class RemoveQuota {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly desk: QuotaDesk,
  ) {}

  /** @throws DomainError `class-not-found`, `nominations-not-open`, `quota-not-found`, `changed-meanwhile`, `quota-in-use` */
  execute(input: PayloadOf<typeof removeQuota>, message: Message): Promise<ReplyOf<typeof removeQuota>> {
    return this.work.once(message, async (tx) => {
      const of = await this.desk.hold(tx, { classId: input.classId });
      mustTakeNominations(of.held);
      const quota = await this.desk.quotas.get(tx, input.classId, input.agency);
      mustBeSeen('quota', quota, input.seenVersion);
      const nominated = (await this.desk.quotas.nominated(tx, [quota.classId])).get(keyOf(quota))?.nominated ?? 0;
      if (nominated > 0)
        throw new DomainError(
          'quota-in-use',
          `${quota.agency} nominated ${String(nominated)} for class ${of.held.code}. Withdraw them first.`,
          [{ agency: quota.agency, nominated }],
        );
      await this.desk.end(tx, of, { ...quota, state: 'cancelled', reason: input.reason }, 'cancelled');
      return this.desk.finish(tx, of, quota.agency, 'quota-removed', input.reason);
    });
  }
}
