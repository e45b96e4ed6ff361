import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { Env, type NotificationsEnv } from '#config';
import type { Mail } from '#contracts';
import { PdfMaker } from '#documents/pdf';
import { Batcher } from '#messaging';
import { parseMailbox } from '../mail/mailbox.js';
import type { Attachment } from '../mail/mailer.js';
import { Database } from '../persistence/database.js';
import { addressee, RecipientRepository, type Addressee } from '../recipients/recipient.repository.js';
import { forStandIn, type StandIn } from '../recipients/stand-in.js';
import { RenderMail, type RenderedMail } from '../templates/render-mail.js';

type Known = Awaited<ReturnType<RecipientRepository['find']>>;

/** A mail whose people are known: to whom it goes, and how it reads. */
export interface PreparedMail {
  readonly to: Addressee;
  /** The mail, or what is left of it when it leaves, marked where it may have arrived before; for whoever reads it then. Pure. */
  readonly render: (mail: Mail, repeated: boolean, standIn: StandIn | null) => RenderedMail;
  /** The documents that go with the whole mail. Pure, and for a roster long: it is drawn in another thread. */
  readonly documents: (decidedAt: Temporal.Instant) => Promise<readonly Attachment[]>;
}

/** Names the people of a mail, who never travel with it. They are looked up for all mails of a moment at once. */
@Injectable()
export class PrepareMail {
  private readonly lookup: Batcher<readonly string[], Known>;
  private readonly publicUrl: string;
  private readonly sender: { readonly name: string; readonly address: string };

  constructor(
    private readonly templates: RenderMail,
    private readonly pdfs: PdfMaker,
    recipients: RecipientRepository,
    database: Database,
    env: Env<NotificationsEnv>,
  ) {
    this.sender = parseMailbox(env.get('MAIL_FROM'));
    this.publicUrl = env.get('PUBLIC_URL').replace(/\/$/, '');
    this.lookup = new Batcher(async (wanted) => {
      const known = await recipients.find(database, [...new Set(wanted.flat())]);
      return wanted.map(() => known);
    });
  }

  versionOf(mail: Mail): string {
    return this.templates.versions[mail.template];
  }

  /** @returns undefined for a recipient that no event has told of yet */
  async execute(recipientId: string, mail: Mail): Promise<PreparedMail | undefined> {
    const askContactId = mail.template === 'chasing' ? mail.askContactId : null;
    const named = namedIn(mail);
    const known = await this.lookup.add([recipientId, ...(askContactId === null ? [] : [askContactId]), ...named]);
    const to = addressee(recipientId, askContactId, known);
    if (!to) return undefined;
    const contacts = new Map(
      named.flatMap((id) => known.get(id) ?? []).flatMap(({ id, name, phone }) => (name === null ? [] : [[id, { name, phone }] as const])),
    );
    const people = { ...to.people, contacts };
    const render = (left: Mail, repeated: boolean, standIn: StandIn | null): RenderedMail => {
      const read = standIn ? forStandIn(people, standIn, askContactId) : people;
      return this.templates.render(left, read, (standIn ?? to).language, this.publicUrl, repeated);
    };
    const between = { sender: this.sender, reader: { name: to.name, address: to.email } };
    return { to, render, documents: (decidedAt) => this.templates.documents(mail, between, decidedAt, to.language, this.pdfs) };
  }
}

/** Contacts that a mail names by their ids. */
function namedIn(mail: Mail): string[] {
  switch (mail.template) {
    case 'chasing':
      return mail.items.flatMap(({ contactId }) => contactId ?? []);
    case 'weekly-digest':
      return [...mail.late, ...mail.unreachable].flatMap(({ contactId }) => contactId ?? []);
    case 'trainer-invitation':
    case 'class-roster':
    case 'class-notice':
    case 'attendance-missing':
    case 'certificate':
      return [];
  }
}
