import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { Env, type NotificationsEnv } from '#config';
import { scrubText } from '#observability';
import { handoverOf, type SmtpFailure } from './handover.js';
import { Mailer, type Handover, type OutgoingMail } from './mailer.js';

/** Real milliseconds. A server that says nothing for so long after DATA has left us in doubt. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/** The mail server behind SMTP_URL, over kept connections. */
@Injectable()
export class SmtpMailer extends Mailer implements OnApplicationShutdown {
  private readonly transport;
  private readonly from: string;

  constructor(env: Env<NotificationsEnv>) {
    super();
    this.from = env.get('MAIL_FROM');
    const url = new URL(env.get('SMTP_URL'));
    this.transport = createTransport({
      pool: true,
      maxConnections: env.get('SMTP_CONNECTIONS'),
      maxMessages: Infinity,
      host: url.hostname,
      port: Number(url.port || (url.protocol === 'smtps:' ? 465 : 587)),
      secure: url.protocol === 'smtps:',
      ...(url.username ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } } : {}),
      // Nothing of a mail is ever fetched from a file or an address.
      disableFileAccess: true,
      disableUrlAccess: true,
      ...TIMEOUTS,
    });
  }

  async send(mail: OutgoingMail): Promise<Handover> {
    try {
      const { response } = await this.transport.sendMail({
        from: this.from,
        to: { name: mail.to.name, address: mail.to.address },
        subject: mail.subject,
        html: mail.html,
        text: mail.text,
        messageId: `<${mail.mailId}>`,
        date: mail.date,
        headers: { ...mail.headers },
      });
      return { kind: 'sent', answer: scrubText(response) };
    } catch (error) {
      const handover = handoverOf(error as SmtpFailure);
      return { ...handover, answer: scrubText(handover.answer) };
    }
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}
