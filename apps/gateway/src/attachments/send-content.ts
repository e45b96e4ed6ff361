import { pipeline } from 'node:stream/promises';
import { HttpStatus, Inject, Injectable, Logger } from '@nestjs/common';
import { getAttachment } from '#contracts';
import { QueryClient } from '#messaging/asking';
import type { Request, Response } from '../http/exchange.js';
import { Refusal } from '../http/problem.js';
import { attachment } from '../http/downloads.js';
import { ContentBroken, Verified } from './content.js';
import { unavailable } from './refused.js';
import { ATTACHMENT_STORE, type AttachmentStore } from './store.js';

/** An attachment leaves as the file that arrived, or not at all. */
@Injectable()
export class SendContent {
  private readonly logger = new Logger(SendContent.name);

  constructor(
    private readonly queries: QueryClient,
    @Inject(ATTACHMENT_STORE) private readonly store: AttachmentStore,
  ) {}

  /**
   * Writes the whole answer. Bytes that are not those of the digest end the connection before their last.
   * @throws DomainError `attachment-not-found`; Refusal 404 `attachment-not-found` when it was removed, 503 `store-unavailable`, 500 `attachment-lost`
   */
  async execute(attachmentId: string, request: Request, response: Response): Promise<void> {
    const { fileName, mediaType, size, sha256, removedAt } = await this.queries.ask(getAttachment, { attachmentId });
    if (removedAt !== null) throw gone(removedAt);
    const etag = `"${sha256}"`;
    response.setHeader('ETag', etag);
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(HttpStatus.NOT_MODIFIED).end();
      return;
    }
    const bytes = await this.open(attachmentId);
    response.writeHead(HttpStatus.OK, {
      'Content-Type': mediaType,
      'Content-Length': size,
      'Content-Disposition': attachment(fileName),
      'X-Content-Type-Options': 'nosniff',
    });
    if (request.method === 'HEAD') {
      bytes.destroy();
      response.end();
      return;
    }
    // A failure on the way destroys the response; nothing can be said any more, only logged.
    await pipeline(bytes, new Verified(sha256), response).catch((error: unknown) => {
      if (error instanceof ContentBroken) this.logger.error(`The bytes of attachment ${attachmentId} are broken`, error);
      else this.logger.warn(`Attachment ${attachmentId} was not sent to its end`, error);
      response.destroy();
    });
  }

  private async open(attachmentId: string) {
    const bytes = await this.store.open(attachmentId).catch((cause: unknown) => {
      throw unavailable('store-unavailable', 'The file store gives no files now. Ask again later.', cause);
    });
    if (bytes) return bytes;
    throw new Refusal({
      status: HttpStatus.INTERNAL_SERVER_ERROR,
      code: 'attachment-lost',
      detail: 'The bytes of this attachment are not in the file store. Tell the operator: they must come back from a backup.',
    });
  }
}

function gone(removedAt: string): Refusal {
  return new Refusal({
    status: HttpStatus.NOT_FOUND,
    code: 'attachment-not-found',
    detail: `This attachment was removed at ${removedAt}. The history of its thing says why.`,
  });
}
