import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { loadWorkingCalendar, WorkingCalendar } from '#calendar';
import { Env, type NotificationsEnv } from '#config';
import { PdfMaker } from '#documents/pdf';
import { MailModule } from '../mail/mail.module.js';
import { Mailer } from '../mail/mailer.js';
import { RecipientsModule } from '../recipients/recipients.module.js';
import { RenderMail } from '../templates/render-mail.js';
import { DeliverMail } from './deliver-mail.js';
import { DeliveryConsumer } from './delivery.consumer.js';
import { DeliveryRepository } from './delivery.repository.js';
import { KeepSettlements } from './keep-settlements.js';
import { MailLedger } from './mail-ledger.js';
import { MailServerGate } from './mail-server-gate.js';
import { PdfThread } from './pdf-thread.js';
import { PrepareMail } from './prepare-mail.js';

/** Mails between claim and settlement for each connection: one at the mail server, the others with the database before and after it. */
const IN_HAND = 8;

@Module({
  imports: [MailModule, RecipientsModule],
  controllers: [DeliveryConsumer],
  providers: [
    DeliverMail,
    PrepareMail,
    MailLedger,
    DeliveryRepository,
    KeepSettlements,
    PdfThread,
    { provide: PdfMaker, inject: [PdfThread], useFactory: ({ maker }: PdfThread) => maker },
    { provide: RenderMail, useFactory: () => RenderMail.compiled() },
    {
      provide: WorkingCalendar,
      inject: [Env],
      useFactory: (env: Env<NotificationsEnv>) => loadWorkingCalendar(join(env.get('PLANS_DIR'), 'calendar')),
    },
    {
      provide: MailServerGate,
      inject: [Mailer, Env],
      useFactory: (mailer: Mailer, env: Env<NotificationsEnv>) => new MailServerGate(mailer, IN_HAND * env.get('SMTP_CONNECTIONS')),
    },
  ],
  exports: [MailServerGate],
})
export class DeliveryModule {}
