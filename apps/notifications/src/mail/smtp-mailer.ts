import { Readable } from 'node:stream';
import { domainToASCII } from 'node:url';
import type { OnApplicationShutdown } from '@nestjs/common';
import SMTPPool from 'nodemailer/lib/smtp-pool';
import type { NotificationsEnv } from '#config';
import { scrubText } from '#observability';
import { composeMime } from './compose-mime.js';
import { handoverOf, type SmtpFailure } from './handover.js';
import { parseMailbox } from './mailbox.js';
import { Mailer, type Handover, type OutgoingMail } from './mailer.js';

type PoolMail = Parameters<SMTPPool['send']>[0];

export interface SmtpOptions {
  /** `smtp:` or `smtps:`, with user and password where the server wants them. */
  readonly url: string;
  readonly from: string;
  readonly connections: number;
  /** Real milliseconds of silence, also after the whole mail was handed over; then the connection is given up. */
  readonly silence?: number;
}

/** Servers that look into a mail before they answer take their time; RFC 5321 would have us wait ten minutes and hold a connection for it. */
const SILENCE = 120_000;
/** Real milliseconds until a server must have answered the call, and greeted. */
const HELLO = 10_000;

export function smtpOptions(env: Pick<NotificationsEnv, 'SMTP_URL' | 'MAIL_FROM' | 'SMTP_CONNECTIONS'>): SmtpOptions {
  return { url: env.SMTP_URL, from: env.MAIL_FROM, connections: env.SMTP_CONNECTIONS };
}

/** The mail server behind SMTP_URL, over nodemailer's pool of kept connections. */
export class SmtpMailer extends Mailer implements OnApplicationShutdown {
  private readonly pool: SMTPPool;
  private readonly from: { readonly name: string; readonly address: string };

  constructor(options: SmtpOptions) {
    super();
    this.from = parseMailbox(options.from);
    const url = new URL(options.url);
    this.pool = new SMTPPool({
      host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: Number(url.port || (url.protocol === 'smtps:' ? 465 : 587)),
      secure: url.protocol === 'smtps:',
      ...(url.username ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } } : {}),
      maxConnections: options.connections,
      maxMessages: Infinity,
      connectionTimeout: HELLO,
      greetingTimeout: HELLO,
      socketTimeout: options.silence ?? SILENCE,
    });
  }

  async send(mail: OutgoingMail): Promise<Handover> {
    const to = asciiDomain(mail.to.address);
    if (to === undefined) return { kind: 'refused', answer: 'not an address', status: '5.1.3', address: true };
    const handing = new HandedOver(composeMime({ ...mail, to: { ...mail.to, address: to } }, this.from), mail.mailId, {
      from: this.from.address,
      to: [to],
    });
    try {
      return { kind: 'sent', answer: scrubText(await this.handOver(handing)) };
    } catch (error) {
      const handover = handoverOf(error as SmtpFailure, handing.complete);
      return { ...handover, answer: scrubText(handover.answer) };
    }
  }

  async reachable(): Promise<boolean> {
    try {
      await this.pool.verify();
      return true;
    } catch {
      return false; // the answer is the report; why it is away stands with the mails that met it
    }
  }

  onApplicationShutdown(): void {
    this.pool.close();
  }

  private handOver(handing: HandedOver): Promise<string> {
    return new Promise((resolve, reject) => {
      // The pool asks a mail for its data and for what is implemented here; nodemailer's own MailMessage would compose the mail once more.
      this.pool.send({ data: {}, message: handing } as unknown as PoolMail, (error, info) => {
        if (error) reject(error);
        else resolve(info?.response ?? '');
      });
    });
  }
}

/** A composed mail as nodemailer's pool takes it. Knows whether its last byte was handed over: what failed before it was surely not accepted. */
class HandedOver {
  /** The pool reads the mail only after the server's go-ahead to DATA, so the end of the stream is the end of the handing over. */
  complete = false;

  constructor(
    private readonly content: Buffer,
    private readonly mailId: string,
    private readonly envelope: { readonly from: string; readonly to: readonly string[] },
  ) {}

  getEnvelope(): { from: string; to: string[] } {
    return { from: this.envelope.from, to: [...this.envelope.to] };
  }

  messageId(): string {
    return `<${this.mailId}>`;
  }

  /** The pool asks for the Message-ID, for its log. */
  getHeader(): string {
    return this.messageId();
  }

  createReadStream(): Readable {
    return Readable.from([this.content]).once('end', () => {
      this.complete = true;
    });
  }
}

/** An address with its domain as servers know it (IDNA), or undefined when it is none: nothing of it could break out of a header or a command. */
function asciiDomain(address: string): string | undefined {
  const [, local, domain] = /^([^\s\p{Cc}<>()[\],;:\\"@]+)@([^\s\p{Cc}<>()[\],;:\\"@]+)$/u.exec(address) ?? [];
  const ascii = domain === undefined ? '' : domainToASCII(domain);
  return local === undefined || ascii === '' ? undefined : `${local}@${ascii}`;
}
