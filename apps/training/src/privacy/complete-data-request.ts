import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { completeDataRequest, PayloadOf, ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { mustBeOpen, mustFit, type DataRequest } from './data-request.js';
import { DataRequestRepository } from './data-request.repository.js';
import { LeaveClasses, type Leaving } from './leave-classes.js';
import { RequestDesk } from './request-desk.js';
import { SettlePerson } from './settle-person.js';

/** What a request asks is done, at once and in one transaction; or it is refused. Both clocks end. */
@Injectable()
export class CompleteDataRequest {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly requests: DataRequestRepository,
    private readonly leaving: LeaveClasses,
    private readonly settling: SettlePerson,
    private readonly desk: RequestDesk,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `data-request-not-found`, `changed-meanwhile`, `data-request-over`, `correction-missing`, `correction-not-asked`, `trainee-forgotten`,
   * `trainee-already-known`
   */
  execute(input: PayloadOf<typeof completeDataRequest>, message: Message): Promise<ReplyOf<typeof completeDataRequest>> {
    return this.work.once(message, async (tx) => {
      const toCome = await this.leaving.hold(tx, await this.requests.personOf(tx, input.requestId));
      const request = await this.settling.hold(tx, input.requestId);
      mustBeSeen('request', request, input.seenVersion);
      mustBeOpen(request);
      mustFit(request, input.refused, input.correction);
      return this.complete(tx, request, toCome, input);
    });
  }

  private async complete(tx: Tx, request: DataRequest, toCome: Leaving, input: PayloadOf<typeof completeDataRequest>) {
    const { refused, outcome, correction } = input;
    const at = this.clock.now();
    const answered = request.answeredAt ? {} : { answeredAt: at };
    const done = await this.requests.change(tx, request.id, { state: refused ? 'refused' : 'done', doneAt: at, outcome, ...answered });
    const moved = await this.desk.tell(tx, done, { at, what: done.state, reason: refused ? outcome : null });
    if (refused) return { ...moved, withdrawn: [] };
    const leaves = await this.settling.execute(tx, done, correction, at);
    return { ...moved, withdrawn: leaves ? await this.leaving.execute(tx, toCome, at) : [] };
  }
}
