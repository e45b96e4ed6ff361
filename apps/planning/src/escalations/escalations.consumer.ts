import { Controller } from '@nestjs/common';
import {
  acknowledgeEscalation,
  assignEscalation,
  getEscalation,
  listEscalations,
  mailRefused,
  noteEscalation,
  resolveEscalation,
  type PayloadOf,
} from '#contracts';
import { On, pageOf, type Message } from '#messaging';
import { AcknowledgeEscalation } from './acknowledge-escalation.js';
import { AssignEscalation } from './assign-escalation.js';
import { EscalationRepository } from './escalation.repository.js';
import { NoteEscalation } from './note-escalation.js';
import { ReportUnreachable } from './report-unreachable.js';
import { ResolveEscalation } from './resolve-escalation.js';

@Controller()
export class EscalationsConsumer {
  constructor(
    private readonly acknowledging: AcknowledgeEscalation,
    private readonly assigning: AssignEscalation,
    private readonly noting: NoteEscalation,
    private readonly resolving: ResolveEscalation,
    private readonly unreachable: ReportUnreachable,
    private readonly escalations: EscalationRepository,
  ) {}

  @On(acknowledgeEscalation)
  acknowledge(payload: PayloadOf<typeof acknowledgeEscalation>, message: Message) {
    return this.acknowledging.execute(payload, message);
  }

  @On(assignEscalation)
  assign(payload: PayloadOf<typeof assignEscalation>, message: Message) {
    return this.assigning.execute(payload, message);
  }

  @On(noteEscalation)
  note(payload: PayloadOf<typeof noteEscalation>, message: Message) {
    return this.noting.execute(payload, message);
  }

  @On(resolveEscalation)
  resolve(payload: PayloadOf<typeof resolveEscalation>, message: Message) {
    return this.resolving.execute(payload, message);
  }

  @On(listEscalations)
  list({ limit: most, after: cursor, ...filter }: PayloadOf<typeof listEscalations>) {
    return pageOf(
      { limit: most, after: cursor },
      (limit, after) => this.escalations.list(filter, limit, after),
      (one) => one.escalationId,
    );
  }

  @On(getEscalation)
  get({ escalationId }: PayloadOf<typeof getEscalation>) {
    return this.escalations.story(escalationId);
  }

  @On(mailRefused)
  async refused(event: PayloadOf<typeof mailRefused>, message: Message): Promise<undefined> {
    await this.unreachable.execute(event, message);
  }
}
