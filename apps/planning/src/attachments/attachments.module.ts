import { Module } from '@nestjs/common';
import { AddAttachment } from './add-attachment.js';
import { AttachmentRepository } from './attachment.repository.js';
import { AttachmentsConsumer } from './attachments.consumer.js';
import { RemoveAttachment } from './remove-attachment.js';

@Module({ controllers: [AttachmentsConsumer], providers: [AddAttachment, RemoveAttachment, AttachmentRepository] })
export class AttachmentsModule {}
