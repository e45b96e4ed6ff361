import { Controller } from '@nestjs/common';
import {
  discardPreparedDocument,
  getPreparedDocument,
  listPreparedDocuments,
  publishPreparedDocument,
  sendPreparedDocument,
  type PayloadOf,
} from '#contracts';
import { On, pageOf, type Message } from '#messaging';
import { DiscardDocument } from './discard-document.js';
import { DocumentViews } from './document-view.repository.js';
import { PublishDocument } from './publish-document.js';
import { SendDocument } from './send-document.js';

@Controller()
export class DocumentsConsumer {
  constructor(
    private readonly sending: SendDocument,
    private readonly publishing: PublishDocument,
    private readonly discarding: DiscardDocument,
    private readonly views: DocumentViews,
  ) {}

  @On(sendPreparedDocument)
  send(payload: PayloadOf<typeof sendPreparedDocument>, message: Message) {
    return this.sending.execute(payload, message);
  }

  @On(publishPreparedDocument)
  publish(payload: PayloadOf<typeof publishPreparedDocument>, message: Message) {
    return this.publishing.execute(payload, message);
  }

  @On(discardPreparedDocument)
  discard(payload: PayloadOf<typeof discardPreparedDocument>, message: Message) {
    return this.discarding.execute(payload, message);
  }

  @On(listPreparedDocuments)
  list({ limit: most, after: cursor, ...filter }: PayloadOf<typeof listPreparedDocuments>) {
    return pageOf(
      { limit: most, after: cursor },
      (limit, after) => this.views.list(filter, after, limit),
      (one) => one.documentId,
    );
  }

  @On(getPreparedDocument)
  get({ documentId }: PayloadOf<typeof getPreparedDocument>) {
    return this.views.find(documentId);
  }
}
