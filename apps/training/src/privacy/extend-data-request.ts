import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { extendDataRequest, PayloadOf, ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { extendedBy } from './data-request.js';
import { DataRequestRepository } from './data-request.repository.js';
import { RequestDesk } from './request-desk.js';

/** Fifteen days more for what is asked, once (domain 6.2). */
@Injectable()
export class ExtendDataRequest {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly requests: DataRequestRepository,
    private readonly desk: RequestDesk,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `data-request-not-found`, `changed-meanwhile`, `data-request-over`, `data-request-extended` */
  execute(input: PayloadOf<typeof extendDataRequest>, message: Message): Promise<ReplyOf<typeof extendDataRequest>> {
    return this.work.once(message, async (tx) => {
      const request = await this.requests.hold(tx, input.requestId);
      mustBeSeen('request', request, input.seenVersion);
      const extended = await this.requests.change(tx, request.id, { doneBy: extendedBy(request) });
      return this.desk.tell(tx, extended, { at: this.clock.now(), what: 'extended', reason: input.reason });
    });
  }
}
