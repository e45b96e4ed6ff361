import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Test, type TestingModule } from '@nestjs/testing';
import { Temporal } from 'temporal-polyfill';
import { Clock, FixedClock } from '#calendar';
import {
  useSealingKeys,
  type agencyChanged,
  type delegationChanged,
  type Level,
  type mailRefused,
  type PayloadOf,
  type personChanged,
  type sendMail,
} from '#contracts';
import type { Message } from '#messaging';
import { withTrace } from '#observability';
import { mailCatcher, messageAt, testStack, type MailCatcher, type TestStack } from '#testing';
import { AppModule } from '../app.module.js';
import { Mailer } from '../mail/mailer.js';
import { SmtpMailer } from '../mail/smtp-mailer.js';
import { Database } from '../persistence/database.js';
import { KeepDelegations } from '../recipients/keep-delegations.js';
import { KeepPeople } from '../recipients/keep-people.js';
import { KeepRecipients } from '../recipients/keep-recipients.js';
import { sampleChasing, sampleItem, sampleMails } from '../templates/samples.js';
import type { Section } from '../templates/texts.js';
import { DeliverMail } from './deliver-mail.js';
import { KeepSettlements } from './keep-settlements.js';

const PLANS = join(import.meta.dirname, '../../../../plans');
export const at = (local: string): Temporal.Instant => Temporal.PlainDateTime.from(local).toZonedDateTime('Asia/Ho_Chi_Minh').toInstant();

export type Command = PayloadOf<typeof sendMail>;
export type AgencyChanged = PayloadOf<typeof agencyChanged>;
export type PersonChanged = PayloadOf<typeof personChanged>;

/** Invented people of two agencies: whoever owes, and whom to ask. */
export const lan = {
  contactId: randomUUID(),
  role: 'FOCAL',
  name: 'Nguyễn Thị Lan',
  email: 'lan@sct.example',
  phone: '0900 000 001',
} as const;
export const james = { contactId: randomUUID(), role: 'HEAD', name: 'James Hill', email: 'james@sct.example', phone: null } as const;
export const chau = {
  contactId: randomUUID(),
  role: 'FOCAL',
  name: 'Lê Hoàng Châu',
  email: 'chau@snn.example',
  phone: '0900 000 002',
} as const;

export const industry: AgencyChanged = {
  agencyId: randomUUID(),
  version: 1,
  code: 'SCT',
  name: 'Sở Công Thương',
  nameEn: 'Department of Industry and Trade',
  shortName: 'Sở Công Thương',
  kind: 'department',
  validFrom: '2016-05-01',
  validTo: null,
  successorId: null,
  contacts: [
    { ...lan, language: 'vi' },
    { ...james, language: 'en' },
  ],
};
export const agriculture: AgencyChanged = {
  ...industry,
  agencyId: randomUUID(),
  code: 'SNNPTNT',
  name: 'Sở Nông nghiệp và Phát triển nông thôn',
  nameEn: 'Department of Agriculture and Rural Development',
  contacts: [{ ...chau, language: 'vi+en' }],
};

/** An invented person of no agency. */
export const mai: PersonChanged = {
  personId: randomUUID(),
  version: 1,
  kind: 'trainer',
  name: 'Vũ Thị Mai',
  email: 'mai@hocvien.example',
  phone: '0900 000 003',
  organisation: { name: 'Học viện Nông nghiệp Mẫu', nameEn: 'Sample Academy of Agriculture' },
  language: 'vi',
  active: true,
  forgotten: false,
};

/** One obligation in a mail: what it is, and how the mail speaks of it. */
export interface Owed {
  readonly obligationId: string;
  readonly title: string;
  readonly section: Section;
}
export const owed = (title: string, section: Section = 'owes', obligationId: string = randomUUID()): Owed => ({
  obligationId,
  title,
  section,
});

export function chasing(level: Level, things: readonly Owed[], to: { contactId: string } = lan): Command {
  return {
    businessKey: `chasing.${randomUUID()}`,
    stream: 'chasing',
    recipientId: to.contactId,
    mail: {
      ...sampleChasing(
        level,
        things.map((thing) => ({ ...sampleItem(level, thing.section), ...thing })),
      ),
      askContactId: chau.contactId,
    },
    obligationIds: things.map(({ obligationId }) => obligationId),
  };
}

export function digest(): Command {
  const [mail] = sampleMails['weekly-digest'];
  if (!mail) throw new Error('there is no sample of a digest');
  return { businessKey: `digest.${randomUUID()}`, stream: 'weekly-digest', recipientId: chau.contactId, mail, obligationIds: [] };
}

/** The notifications service on a database of its own and a clock that stands still, without its workers, and a real mail server for it. */
export class NotificationsFixture {
  private constructor(
    readonly stack: TestStack,
    readonly server: MailCatcher,
    readonly app: TestingModule,
    readonly clock: FixedClock,
  ) {}

  /** @param silence real milliseconds that a silent mail server is waited for */
  static async start(local: string, silence = 60_000): Promise<NotificationsFixture> {
    const [stack, server] = await Promise.all([testStack(), mailCatcher()]);
    const sealKey = randomBytes(32).toString('base64');
    useSealingKeys([sealKey]);
    Object.assign(process.env, {
      DATABASE_URL: stack.databaseUrl('notifications'),
      REDIS_URL: stack.redisUrl,
      QUEUE_PREFIX: stack.prefix,
      SEAL_KEY: sealKey,
      PLANS_DIR: PLANS,
      PUBLIC_URL: 'https://dondoc.example',
      SMTP_URL: server.url,
      MAIL_FROM: 'Đôn đốc <dondoc@hanoi.example>',
    });
    const clock = new FixedClock(at(local));
    const app = await Test.createTestingModule({ imports: [AppModule] })
      .overrideProvider(Clock)
      .useValue(clock)
      .overrideProvider(Mailer)
      .useValue(new SmtpMailer({ url: server.url, from: 'Đôn đốc <dondoc@hanoi.example>', connections: 4, silence }))
      .compile();
    const fixture = new NotificationsFixture(stack, server, app, clock);
    for (const agency of [industry, agriculture]) await fixture.hear(agency);
    return fixture;
  }

  get<T>(type: new (...args: never[]) => T): T {
    return this.app.get<T>(type);
  }

  get database(): Database {
    return this.app.get(Database);
  }

  hear(agency: AgencyChanged, message: Message = messageAt(this.clock.now())): Promise<void> {
    return this.get(KeepRecipients).execute(agency, message);
  }

  hearOf(person: PersonChanged, message: Message = messageAt(this.clock.now())): Promise<void> {
    return this.get(KeepPeople).execute(person, message);
  }

  delegate(event: PayloadOf<typeof delegationChanged>): Promise<void> {
    return this.get(KeepDelegations).execute(event, messageAt(this.clock.now()));
  }

  settle(obligationIds: string[], at: Temporal.Instant): Promise<void> {
    const event = { obligationIds, outcome: 'fulfilled' as const, at: at.toString() };
    return this.get(KeepSettlements).execute(event, messageAt(at));
  }

  message(decidedAt: Temporal.Instant = this.clock.now()): Message {
    return messageAt(decidedAt);
  }

  /** One delivery, inside the story of its message as the strategy runs it. @returns local time of the snooze, or null when it is done */
  async deliver(command: Command, message: Message = this.message()): Promise<string | null> {
    const verdict = await withTrace({ correlationId: message.correlationId, causationId: message.id, actor: message.actor }, () =>
      this.get(DeliverMail).execute(command, message),
    );
    if (verdict === null) return null;
    if (!('until' in verdict)) throw new Error(`cancelled: ${verdict.reason}`);
    return localText(verdict.until);
  }

  async row({ id }: Message) {
    const row = await this.database.message.findUniqueOrThrow({ where: { id } });
    return { ...row, nextAttemptAt: row.nextAttemptAt && localText(Temporal.Instant.fromEpochMilliseconds(row.nextAttemptAt.getTime())) };
  }

  async outcomes({ id }: Message): Promise<(string | null)[]> {
    const rows = await this.database.attempt.findMany({ where: { messageId: id }, orderBy: { attempt: 'asc' } });
    return rows.map((row) => row.outcome);
  }

  /** What the service would tell: addresses that were refused. */
  async refusals(): Promise<{ correlationId: string; causationId: string | null; payload: PayloadOf<typeof mailRefused> }[]> {
    const rows = await this.database.outbox.findMany({ where: { name: 'notifications.mail-refused.v1' }, orderBy: { seq: 'asc' } });
    return rows.map((row) => row.envelope as unknown as Awaited<ReturnType<NotificationsFixture['refusals']>>[number]);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.server.close();
    await this.stack.dispose();
  }
}

const localText = (instant: Temporal.Instant): string =>
  instant.toZonedDateTimeISO('Asia/Ho_Chi_Minh').toPlainDateTime().toString({ smallestUnit: 'minute' });
