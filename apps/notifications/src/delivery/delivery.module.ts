import { Module } from '@nestjs/common';
import { MailModule } from '../mail/mail.module.js';
import { RecipientsModule } from '../recipients/recipients.module.js';
import { RenderMail } from '../templates/render-mail.js';
import { DeliverMail } from './deliver-mail.js';
import { DeliveryConsumer } from './delivery.consumer.js';
import { DeliveryRepository } from './delivery.repository.js';
import { KeepSettlements } from './keep-settlements.js';
import { MailLedger } from './mail-ledger.js';
import { PrepareMail } from './prepare-mail.js';

@Module({
  imports: [MailModule, RecipientsModule],
  controllers: [DeliveryConsumer],
  providers: [DeliverMail, PrepareMail, MailLedger, DeliveryRepository, KeepSettlements, RenderMail],
})
export class DeliveryModule {}
