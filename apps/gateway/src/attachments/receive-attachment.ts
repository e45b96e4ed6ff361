import { createHash, randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { addAttachment, DomainError, knownAttachments, nameBasedId, type PayloadOf, type ReplyOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { currentTrace } from '#observability';
import type { RequestIdentity } from '../http/idempotency.js';
import { mediaTypeOf } from './file-type.js';
import { unavailable } from './refused.js';
import { Spool, type Received } from './spool.js';
import { ATTACHMENT_STORE, type AttachmentStore } from './store.js';
import { VirusScan } from './virus-scan.js';

type Asked = Pick<PayloadOf<typeof addAttachment>, 'subject' | 'subjectId' | 'fileName'>;

/** A file arrives, is looked at, is kept, and only then planning is told of it: what planning knows is in the store. */
@Injectable()
export class ReceiveAttachment {
  private readonly logger = new Logger(ReceiveAttachment.name);

  constructor(
    private readonly spool: Spool,
    private readonly scanner: VirusScan,
    @Inject(ATTACHMENT_STORE) private readonly store: AttachmentStore,
    private readonly commands: CommandClient,
    private readonly queries: QueryClient,
  ) {}

  /**
   * Idempotent by the key of `identity`, to which the content belongs: the same key with the same file is one attachment, with another file it is refused.
   * @throws Refusal of `Spool`, `mediaTypeOf` and `VirusScan`, 503 `store-unavailable`, and what planning refuses; then nothing is kept
   * @throws NobodyAnswered when planning did not answer in time: the bytes are kept, because it may yet take them
   */
  async execute(asked: Asked, pieces: AsyncIterable<Uint8Array>, identity: RequestIdentity): Promise<ReplyOf<typeof addAttachment>> {
    const received = await this.spool.receive(pieces);
    try {
      const mediaType = await mediaTypeOf(received, asked.fileName);
      const scan = await this.scanner.scan(received.path);
      const { size, sha256 } = received;
      const request = withContent(identity, sha256);
      const attachmentId = idOf(request);
      await this.keep(attachmentId, received);
      return await this.tell({ attachmentId, ...asked, mediaType, size, sha256, scan }, request);
    } finally {
      await this.spool.forget(received.path);
    }
  }

  private async keep(id: string, { path }: Received): Promise<void> {
    await this.store.keep(id, path).catch((cause: unknown) => {
      this.logger.error('The store takes no file', cause);
      throw unavailable('store-unavailable', 'The file store takes no files now, so nothing was kept. Send the file again later.', cause);
    });
  }

  private async tell(payload: PayloadOf<typeof addAttachment>, request: RequestIdentity): Promise<ReplyOf<typeof addAttachment>> {
    try {
      const attachment = await this.commands.execute(addAttachment, payload, request);
      // The thing had this content already.
      if (attachment.attachmentId !== payload.attachmentId) await this.discard(payload.attachmentId);
      return attachment;
    } catch (error) {
      if (error instanceof DomainError) await this.discard(payload.attachmentId);
      throw error;
    }
  }

  /** Planning took nothing under this id; it is asked once more, because a removed byte does not come back. What stays is a leftover. */
  private async discard(id: string): Promise<void> {
    try {
      const { known } = await this.queries.ask(knownAttachments, { ids: [id] });
      if (known.length === 0) await this.store.remove(id);
    } catch (error) {
      this.logger.warn('The bytes of a refused attachment could not be removed now; they are removed as a leftover', error);
    }
  }
}

/** The body of the request is its file, so the digest of the file is a part of its fingerprint. */
function withContent({ idempotencyKey, fingerprint }: RequestIdentity, sha256: string): RequestIdentity {
  if (idempotencyKey === undefined) return {};
  return {
    idempotencyKey,
    fingerprint: createHash('sha256')
      .update(`${fingerprint ?? ''}\n${sha256}`)
      .digest('base64url'),
  };
}

/** The same for the same request under the same key, so that its bytes lie in one place. */
function idOf({ idempotencyKey, fingerprint }: RequestIdentity): string {
  if (idempotencyKey === undefined) return randomUUID();
  return nameBasedId('attachment', currentTrace()?.actor, idempotencyKey, fingerprint);
}
