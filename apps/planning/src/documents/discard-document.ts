import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { discardPreparedDocument, PayloadOf, ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { EscalationRepository } from '../escalations/escalation.repository.js';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import type { Tx } from '../persistence/database.js';
import { DocumentRepository } from './document.repository.js';
import { mustWait } from './must-wait.js';

/**
 * A prepared document is not used, for a reason. An item's ladder is at its end, so what it was about stays a case of the standing agency: otherwise nobody
 * would ask for it any more.
 */
@Injectable()
export class DiscardDocument {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly documents: DocumentRepository,
    private readonly obligations: ObligationRepository,
    private readonly escalations: EscalationRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `document-not-found`, `changed-meanwhile`, `document-decided` */
  execute(input: PayloadOf<typeof discardPreparedDocument>, message: Message): Promise<ReplyOf<typeof discardPreparedDocument>> {
    return this.work.once(message, async (tx) => {
      const obligationId = await this.documents.obligationOf(tx, input.documentId);
      const held = obligationId === null ? undefined : await this.obligations.hold(tx, obligationId);
      const found = await this.documents.hold(tx, input.documentId);
      mustWait(found, input.seenVersion);
      const at = this.clock.now();
      const { reason } = input;
      const version = await this.documents.decide(tx, found.id, { state: 'discarded', note: reason, by: message.actor, reason }, at);
      if (held) {
        const stays = { level: 'standing-agency', agencyId: held.debtorId, obligationId: held.id, contactId: null } as const;
        await this.escalations.raise(tx, 'overdue', [stays], at);
        const detail = { documentId: found.id };
        await this.obligations.tell(tx, [{ obligationId: held.id, at, what: 'city-list-item-discarded', reason, detail }]);
      }
      return { documentId: found.id, state: 'discarded', obligationId, decidedAt: at.toString(), version };
    });
  }
}
