import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { Env, type GatewayEnv } from '#config';
import { AttachmentsController } from './attachments.controller.js';
import { Leftovers } from './leftovers.js';
import { LocalStore } from './local-store.js';
import { ReceiveAttachment } from './receive-attachment.js';
import { S3Store } from './s3-store.js';
import { SendContent } from './send-content.js';
import { Spool } from './spool.js';
import { ATTACHMENT_STORE, type AttachmentStore } from './store.js';
import { VirusScan } from './virus-scan.js';

/** The folder, unless an S3-compatible store is set up. The environment has its keys then: the schema asks for them. */
function storeOf(env: Env<GatewayEnv>): AttachmentStore {
  const [url, accessKeyId, secretAccessKey] = [env.get('ATTACHMENTS_URL'), env.get('S3_ACCESS_KEY_ID'), env.get('S3_SECRET_ACCESS_KEY')];
  if (url !== undefined && accessKeyId !== undefined && secretAccessKey !== undefined)
    return new S3Store({ url, accessKeyId, secretAccessKey });
  return new LocalStore(join(env.get('ATTACHMENTS_DIR'), 'kept'));
}

@Module({
  controllers: [AttachmentsController],
  providers: [
    { provide: ATTACHMENT_STORE, inject: [Env], useFactory: storeOf },
    Spool,
    VirusScan,
    ReceiveAttachment,
    SendContent,
    Leftovers,
  ],
})
export class AttachmentsModule {}
