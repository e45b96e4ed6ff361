import { Module } from '@nestjs/common';
import { KeepRecipients } from './keep-recipients.js';
import { RecipientRepository } from './recipient.repository.js';
import { RecipientsConsumer } from './recipients.consumer.js';

@Module({ controllers: [RecipientsConsumer], providers: [KeepRecipients, RecipientRepository], exports: [RecipientRepository] })
export class RecipientsModule {}
