import { Injectable } from '@nestjs/common';
import { type changeQuota, type PayloadOf, type ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { QuotaDesk } from './quota-desk.js';
import { mustTakeNominations } from './quota.js';

/** Seats or deadline of a quota are changed, with a reason. More seats are owed again, and let those move up who wait. A deadline that is over is said anew. */
@Injectable()
export class ChangeQuota {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly desk: QuotaDesk,
  ) {}

  /** @throws DomainError `class-not-found`, `nominations-not-open`, `quota-not-found`, `changed-meanwhile` and those of `QuotaDesk.put` */
  execute(input: PayloadOf<typeof changeQuota>, message: Message): Promise<ReplyOf<typeof changeQuota>> {
    return this.work.once(message, async (tx) => {
      const of = await this.desk.hold(tx, { classId: input.classId });
      mustTakeNominations(of.held);
      const quota = await this.desk.quotas.get(tx, input.classId, input.agency);
      mustBeSeen('quota', quota, input.seenVersion);
      const { seats = quota.seats, leaderSeats = quota.leaderSeats } = input.changes;
      // What the agency said of fewer was said of other terms.
      const said = seats > quota.seats ? null : quota.reason;
      const deadline = this.desk.deadlineOf(of, input.changes.deadline, quota.deadline.toString());
      await this.desk.put(tx, of, { ...quota, seats, leaderSeats, deadline, reason: said }, 'changed', input.reason);
      return this.desk.finish(tx, of, quota.agency, 'quota-changed', input.reason);
    });
  }
}
