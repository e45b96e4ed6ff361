import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { PayloadOf, publishPreparedDocument, ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { DocumentRepository } from './document.repository.js';
import { contentOfKind, mustWait } from './must-wait.js';

/** A person published the list of late agencies; the system remembers by which document. */
@Injectable()
export class PublishDocument {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly documents: DocumentRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `document-not-found`, `document-not-publishable`, `changed-meanwhile`, `document-decided` */
  execute(input: PayloadOf<typeof publishPreparedDocument>, message: Message): Promise<ReplyOf<typeof publishPreparedDocument>> {
    return this.work.once(message, async (tx) => {
      const found = await this.documents.hold(tx, input.documentId);
      contentOfKind('late-agencies', found);
      mustWait(found, input.seenVersion);
      const at = this.clock.now();
      const { documentNumber } = input;
      const reason = input.note ?? null;
      const decision = { state: 'published', note: documentNumber, by: message.actor, reason, detail: { documentNumber } } as const;
      const version = await this.documents.decide(tx, found.id, decision, at);
      return { documentId: found.id, state: 'published', obligationId: null, decidedAt: at.toString(), version };
    });
  }
}
