import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { type addAttachment, type PayloadOf, type ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { mustBeEditable, mustHaveRoom } from './attachment.js';
import { AttachmentRepository } from './attachment.repository.js';

/** A file that lies whole in the store is named at its thing. */
@Injectable()
export class AddAttachment {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly attachments: AttachmentRepository,
    private readonly history: HistoryRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Idempotent beyond the receipt of its message: an id that is here, and content that the thing has already, are answered with what is here, also when
   * the thing is no longer editable. So nobody is told to throw away bytes that an attachment needs.
   * @throws DomainError `report-not-found`, `dossier-not-found`, `task-not-found`, `finding-not-found`, `not-editable`, `too-many-files`
   */
  execute(input: PayloadOf<typeof addAttachment>, message: Message): Promise<ReplyOf<typeof addAttachment>> {
    return this.work.once(message, async (tx) => {
      const held = await this.attachments.holdSubject(tx, input.subject, input.subjectId);
      const twin = await this.attachments.twin(tx, input);
      if (twin) return twin;
      mustBeEditable(held);
      mustHaveRoom(await this.attachments.count(tx, input.subject, input.subjectId));
      const at = this.clock.now();
      const added = await this.attachments.add(tx, input, message.actor, at);
      const { attachmentId, subject, subjectId, mediaType, size, sha256, scan } = added;
      await this.history.tell(tx, [
        { ...held.toldUnder, at, what: 'attachment-added', detail: { attachmentId, subject, subjectId, mediaType, size, sha256, scan } },
      ]);
      return added;
    });
  }
}
