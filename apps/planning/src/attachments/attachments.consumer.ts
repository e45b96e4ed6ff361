import { Controller } from '@nestjs/common';
import { addAttachment, getAttachment, knownAttachments, listAttachments, removeAttachment, type PayloadOf } from '#contracts';
import { On, pageOf, type Message } from '#messaging';
import { AddAttachment } from './add-attachment.js';
import { AttachmentRepository } from './attachment.repository.js';
import { RemoveAttachment } from './remove-attachment.js';

@Controller()
export class AttachmentsConsumer {
  constructor(
    private readonly adding: AddAttachment,
    private readonly removing: RemoveAttachment,
    private readonly attachments: AttachmentRepository,
  ) {}

  @On(addAttachment)
  add(payload: PayloadOf<typeof addAttachment>, message: Message) {
    return this.adding.execute(payload, message);
  }

  @On(removeAttachment)
  remove(payload: PayloadOf<typeof removeAttachment>, message: Message) {
    return this.removing.execute(payload, message);
  }

  @On(listAttachments)
  list(ask: PayloadOf<typeof listAttachments>) {
    const { subject, subjectId, removed } = ask;
    return pageOf(
      ask,
      (limit, after) => this.attachments.list({ subject, subjectId, removed, limit, after }),
      (attachment) => attachment.attachmentId,
    );
  }

  @On(getAttachment)
  get({ attachmentId }: PayloadOf<typeof getAttachment>) {
    return this.attachments.find(attachmentId);
  }

  @On(knownAttachments)
  async known({ ids }: PayloadOf<typeof knownAttachments>) {
    return { known: await this.attachments.known(ids) };
  }
}
