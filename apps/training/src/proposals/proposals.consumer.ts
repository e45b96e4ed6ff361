import { Controller } from '@nestjs/common';
import { confirmSchedule, proposeSchedule, type PayloadOf } from '#contracts';
import { On, type Message } from '#messaging';
import { ConfirmSchedule } from './confirm-schedule.js';
import { ProposeSchedule } from './propose-schedule.js';

@Controller()
export class ProposalsConsumer {
  constructor(
    private readonly proposing: ProposeSchedule,
    private readonly confirming: ConfirmSchedule,
  ) {}

  @On(proposeSchedule)
  propose(ask: PayloadOf<typeof proposeSchedule>) {
    return this.proposing.execute(ask);
  }

  @On(confirmSchedule)
  confirm(payload: PayloadOf<typeof confirmSchedule>, message: Message) {
    return this.confirming.execute(payload, message);
  }
}
