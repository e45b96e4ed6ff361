import { Controller } from '@nestjs/common';
import { Clock } from '#calendar';
import {
  answerDataRequest,
  completeDataRequest,
  exportPersonData,
  extendDataRequest,
  listDataRequests,
  recordDataRequest,
  type PayloadOf,
} from '#contracts';
import { On, pageOf, type Message } from '#messaging';
import { AnswerDataRequest } from './answer-data-request.js';
import { CompleteDataRequest } from './complete-data-request.js';
import { DataRequestRepository } from './data-request.repository.js';
import { ExtendDataRequest } from './extend-data-request.js';
import { RecordDataRequest } from './record-data-request.js';

@Controller()
export class PrivacyConsumer {
  constructor(
    private readonly recording: RecordDataRequest,
    private readonly answering: AnswerDataRequest,
    private readonly extending: ExtendDataRequest,
    private readonly completing: CompleteDataRequest,
    private readonly requests: DataRequestRepository,
    private readonly clock: Clock,
  ) {}

  @On(recordDataRequest)
  record(payload: PayloadOf<typeof recordDataRequest>, message: Message) {
    return this.recording.execute(payload, message);
  }

  @On(answerDataRequest)
  answer(payload: PayloadOf<typeof answerDataRequest>, message: Message) {
    return this.answering.execute(payload, message);
  }

  @On(extendDataRequest)
  extend(payload: PayloadOf<typeof extendDataRequest>, message: Message) {
    return this.extending.execute(payload, message);
  }

  @On(completeDataRequest)
  complete(payload: PayloadOf<typeof completeDataRequest>, message: Message) {
    return this.completing.execute(payload, message);
  }

  @On(listDataRequests)
  list(ask: PayloadOf<typeof listDataRequests>) {
    return pageOf(
      ask,
      (limit, after) => this.requests.list(ask, limit, after),
      (one) => one.requestId,
    );
  }

  @On(exportPersonData)
  export({ requestId }: PayloadOf<typeof exportPersonData>) {
    return this.requests.exportOf(requestId, this.clock.now());
  }
}
