import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type PayloadOf, type removeAttachment, type ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { mustBeEditable } from './attachment.js';
import { AttachmentRepository } from './attachment.repository.js';

/** A file is taken off its thing, for a reason. The row and the bytes stay: somebody may have read it, and the history names it. */
@Injectable()
export class RemoveAttachment {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly attachments: AttachmentRepository,
    private readonly history: HistoryRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `attachment-not-found`, `attachment-removed`, `not-editable` */
  execute(input: PayloadOf<typeof removeAttachment>, message: Message): Promise<ReplyOf<typeof removeAttachment>> {
    return this.work.once(message, async (tx) => {
      const { subject, subjectId } = await this.attachments.inTransaction(tx, input.attachmentId);
      const held = await this.attachments.holdSubject(tx, subject, subjectId);
      // Read again under the lock: two people at once remove it once.
      const { removedAt, mediaType, size } = await this.attachments.inTransaction(tx, input.attachmentId);
      if (removedAt !== null)
        throw new DomainError('attachment-removed', `This attachment was removed already, at ${removedAt}. Nothing is left to do.`);
      mustBeEditable(held);
      const at = this.clock.now();
      const removed = await this.attachments.remove(tx, input.attachmentId, message.actor, at);
      await this.history.tell(tx, [
        {
          ...held.toldUnder,
          at,
          what: 'attachment-removed',
          reason: input.reason,
          detail: { attachmentId: input.attachmentId, subject, subjectId, mediaType, size },
        },
      ]);
      return removed;
    });
  }
}
