import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type assignEscalation, type PayloadOf, type ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { mustBeUnresolved } from './escalation.js';
import { EscalationRepository } from './escalation.repository.js';

/** "Clear person, clear task": one person sees to a case (the principle of Hanoi's task force). Assigning the same person again changes nothing but the note. */
@Injectable()
export class AssignEscalation {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly escalations: EscalationRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `escalation-not-found`, `changed-meanwhile`, `escalation-closed`, `contact-not-at-level` */
  execute(input: PayloadOf<typeof assignEscalation>, message: Message): Promise<ReplyOf<typeof assignEscalation>> {
    return this.work.once(message, async (tx) => {
      const found = await this.escalations.hold(tx, input.escalationId);
      mustBeUnresolved(found, input.seenVersion);
      if (input.contactId !== null && !(await this.escalations.answersAtLevel(tx, found, input.contactId)))
        throw new DomainError(
          'contact-not-at-level',
          `Contact ${input.contactId} is no active contact of the ${found.level === 'city-office' ? 'city office' : 'standing agency'} that has this case; choose one of theirs.`,
        );
      const assigned = { assigneeId: input.contactId, ...(input.note === undefined ? {} : { note: input.note }) };
      const changed = await this.escalations.change(tx, found.id, assigned, {
        at: this.clock.now(),
        what: input.contactId === null ? 'unassigned' : 'assigned',
        reason: input.note ?? null,
        detail: { contactId: input.contactId },
      });
      return { escalationId: found.id, ...changed };
    });
  }
}
