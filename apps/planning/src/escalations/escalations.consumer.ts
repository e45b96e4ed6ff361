import { Controller } from '@nestjs/common';
import { acknowledgeEscalation, listEscalations, mailRefused, type PayloadOf } from '#contracts';
import { On, type Message } from '#messaging';
import { pageOf } from '../persistence/page.js';
import { AcknowledgeEscalation } from './acknowledge-escalation.js';
import { EscalationRepository } from './escalation.repository.js';
import { ReportUnreachable } from './report-unreachable.js';

@Controller()
export class EscalationsConsumer {
  constructor(
    private readonly acknowledging: AcknowledgeEscalation,
    private readonly unreachable: ReportUnreachable,
    private readonly escalations: EscalationRepository,
  ) {}

  @On(acknowledgeEscalation)
  acknowledge(payload: PayloadOf<typeof acknowledgeEscalation>, message: Message) {
    return this.acknowledging.execute(payload, message);
  }

  @On(listEscalations)
  list(ask: PayloadOf<typeof listEscalations>) {
    return pageOf(
      ask,
      (limit, after) => this.escalations.list({ state: ask.state, agency: ask.agency, limit, after }),
      (one) => one.escalationId,
    );
  }

  @On(mailRefused)
  async refused(event: PayloadOf<typeof mailRefused>, message: Message): Promise<undefined> {
    await this.unreachable.execute(event, message);
  }
}
