import { Module } from '@nestjs/common';
import { KeepDelegations } from './keep-delegations.js';
import { KeepPeople } from './keep-people.js';
import { KeepRecipients } from './keep-recipients.js';
import { RecipientRepository } from './recipient.repository.js';
import { RecipientsConsumer } from './recipients.consumer.js';

@Module({
  controllers: [RecipientsConsumer],
  providers: [KeepRecipients, KeepDelegations, KeepPeople, RecipientRepository],
  exports: [RecipientRepository],
})
export class RecipientsModule {}
