import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { noteEscalation, PayloadOf, ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { mustBeUnresolved } from './escalation.js';
import { EscalationRepository } from './escalation.repository.js';

/** What was found out or agreed about a case; every note stays in its history. */
@Injectable()
export class NoteEscalation {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly escalations: EscalationRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `escalation-not-found`, `changed-meanwhile`, `escalation-closed` */
  execute(input: PayloadOf<typeof noteEscalation>, message: Message): Promise<ReplyOf<typeof noteEscalation>> {
    return this.work.once(message, async (tx) => {
      const { note } = input;
      const found = await this.escalations.hold(tx, input.escalationId);
      mustBeUnresolved(found, input.seenVersion);
      const changed = await this.escalations.change(tx, found.id, { note }, { at: this.clock.now(), what: 'noted', reason: note });
      return { escalationId: found.id, ...changed };
    });
  }
}
