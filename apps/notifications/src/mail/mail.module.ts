import { Module } from '@nestjs/common';
import { Env, type NotificationsEnv } from '#config';
import { Mailer } from './mailer.js';
import { SmtpMailer, smtpOptions } from './smtp-mailer.js';

@Module({
  providers: [
    {
      provide: Mailer,
      inject: [Env],
      useFactory: (env: Env<NotificationsEnv>) =>
        new SmtpMailer(
          smtpOptions({
            SMTP_URL: env.get('SMTP_URL'),
            MAIL_FROM: env.get('MAIL_FROM'),
            SMTP_CONNECTIONS: env.get('SMTP_CONNECTIONS'),
          }),
        ),
    },
  ],
  exports: [Mailer],
})
export class MailModule {}
