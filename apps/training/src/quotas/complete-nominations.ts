import { Injectable } from '@nestjs/common';
import { type completeNominations, DomainError, type PayloadOf, type ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { QuotaDesk } from './quota-desk.js';
import { mustTakeNominations } from './quota.js';

/** An agency sends fewer than it may, and says why: its obligation is fulfilled. It is owed again when the agency then withdraws somebody. */
@Injectable()
export class CompleteNominations {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly desk: QuotaDesk,
  ) {}

  /** @throws DomainError `class-not-found`, `nominations-not-open`, `quota-not-found`, `changed-meanwhile`, `quota-fulfilled` */
  execute(input: PayloadOf<typeof completeNominations>, message: Message): Promise<ReplyOf<typeof completeNominations>> {
    return this.work.once(message, async (tx) => {
      const of = await this.desk.hold(tx, { classId: input.classId });
      mustTakeNominations(of.held);
      const quota = await this.desk.quotas.get(tx, input.classId, input.agency);
      mustBeSeen('quota', quota, input.seenVersion);
      if (quota.state !== 'open')
        throw new DomainError('quota-fulfilled', `${quota.agency} owes no more nominations for class ${of.held.code}.`, [
          { state: quota.state },
        ]);
      await this.desk.end(tx, of, { ...quota, state: 'fulfilled', reason: input.reason }, 'completed');
      return this.desk.finish(tx, of, quota.agency, 'nominations-completed', input.reason);
    });
  }
}
