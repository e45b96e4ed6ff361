import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type PayloadOf, type ReplyOf, type sendPreparedDocument } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import { mustBeOwed } from '../obligations/settle-obligation.js';
import type { Tx } from '../persistence/database.js';
import { TellSteps } from '../sweep/tell-steps.js';
import { DocumentRepository } from './document.repository.js';
import { contentOfKind, mustWait } from './must-wait.js';

/**
 * A person of the standing agency sent the item to the city office by an official letter: from now on it is a case there, and the people of the city
 * office get a mail that names the letter. The letter itself is theirs; the system keeps its number.
 */
@Injectable()
export class SendDocument {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly documents: DocumentRepository,
    private readonly obligations: ObligationRepository,
    private readonly telling: TellSteps,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `document-not-found`, `document-not-sendable`, `changed-meanwhile`, `document-decided`, `obligation-settled` */
  execute(input: PayloadOf<typeof sendPreparedDocument>, message: Message): Promise<ReplyOf<typeof sendPreparedDocument>> {
    return this.work.once(message, async (tx) => {
      const obligationId = await this.documents.obligationOf(tx, input.documentId);
      const held = obligationId === null ? undefined : await this.obligations.hold(tx, obligationId);
      const found = await this.documents.hold(tx, input.documentId);
      const { rung } = contentOfKind('city-list-item', found);
      if (!held) throw new DomainError('obligation-not-found', 'What this item was about is no longer on record; discard the item.');
      mustWait(found, input.seenVersion);
      mustBeOwed(held);
      const at = this.clock.now();
      const { letterNumber } = input;
      const reason = input.note ?? null;
      const version = await this.documents.decide(
        tx,
        found.id,
        { state: 'sent', note: letterNumber, by: message.actor, reason, detail: { letterNumber } },
        at,
      );
      await this.telling.report(tx, { obligationId: held.id, rung, documentId: found.id, letterNumber }, at);
      const detail = { documentId: found.id, letterNumber };
      await this.obligations.tell(tx, [{ obligationId: held.id, at, what: 'reported-to-city-office', reason, detail }]);
      return { documentId: found.id, state: 'sent', obligationId: held.id, decidedAt: at.toString(), version };
    });
  }
}
