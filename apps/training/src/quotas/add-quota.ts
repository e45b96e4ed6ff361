import { Injectable } from '@nestjs/common';
import { DomainError, type addQuota, type PayloadOf, type ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { QuotaDesk } from './quota-desk.js';
import { mustTakeNominations } from './quota.js';

/** One more agency may nominate for a class whose nominations are under way. */
@Injectable()
export class AddQuota {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly desk: QuotaDesk,
  ) {}

  /** @throws DomainError `class-not-found`, `nominations-not-open`, `quota-exists` and those of `QuotaDesk.put` */
  execute(input: PayloadOf<typeof addQuota>, message: Message): Promise<ReplyOf<typeof addQuota>> {
    return this.work.once(message, async (tx) => {
      const of = await this.desk.hold(tx, { classId: input.classId });
      mustTakeNominations(of.held);
      const { classId, agency, seats, leaderSeats, reason } = input;
      const before = await this.desk.quotas.of(tx, [classId]);
      if (before.some((quota) => quota.agency === agency && quota.state !== 'cancelled'))
        throw new DomainError('quota-exists', `${agency} has a quota in class ${of.held.code} already. Change that one.`);
      const deadline = this.desk.deadlineOf(of, input.deadline);
      await this.desk.put(tx, of, { agency, seats, leaderSeats, deadline, reason: null }, 'set', reason);
      return this.desk.finish(tx, of, agency, 'quota-added', reason);
    });
  }
}
