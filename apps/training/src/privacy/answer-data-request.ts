import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type answerDataRequest, type PayloadOf, type ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { mustBeOpen } from './data-request.js';
import { DataRequestRepository } from './data-request.repository.js';
import { RequestDesk } from './request-desk.js';

/** The person was told that the request is in hand. Their first clock ends; the second runs on. */
@Injectable()
export class AnswerDataRequest {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly requests: DataRequestRepository,
    private readonly desk: RequestDesk,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `data-request-not-found`, `changed-meanwhile`, `data-request-over`, `data-request-answered` */
  execute(input: PayloadOf<typeof answerDataRequest>, message: Message): Promise<ReplyOf<typeof answerDataRequest>> {
    return this.work.once(message, async (tx) => {
      const request = await this.requests.hold(tx, input.requestId);
      mustBeSeen('request', request, input.seenVersion);
      mustBeOpen(request);
      if (request.state === 'answered')
        throw new DomainError('data-request-answered', 'This request was answered already. Do what it asks, extend it, or refuse it.');
      const at = this.clock.now();
      const answered = await this.requests.change(tx, request.id, { state: 'answered', answeredAt: at });
      return this.desk.tell(tx, answered, { at, what: 'answered', reason: input.how });
    });
  }
}
