import { Controller } from '@nestjs/common';
import { listRequests, requestReports, withdrawRequest, type PayloadOf } from '#contracts';
import { On, pageOf, type Message } from '#messaging';
import { RequestReports } from './request-reports.js';
import { RequestRepository } from './request.repository.js';
import { WithdrawRequest } from './withdraw-request.js';

@Controller()
export class RequestsConsumer {
  constructor(
    private readonly asking: RequestReports,
    private readonly withdrawing: WithdrawRequest,
    private readonly requests: RequestRepository,
  ) {}

  @On(requestReports)
  request(payload: PayloadOf<typeof requestReports>, message: Message) {
    return this.asking.execute(payload, message);
  }

  @On(withdrawRequest)
  withdraw(payload: PayloadOf<typeof withdrawRequest>, message: Message) {
    return this.withdrawing.execute(payload, message);
  }

  @On(listRequests)
  list(ask: PayloadOf<typeof listRequests>) {
    const { planId, withdrawn } = ask;
    return pageOf(
      ask,
      (limit, after) => this.requests.list({ planId, withdrawn, limit, after }),
      (request) => request.requirementId,
    );
  }
}
