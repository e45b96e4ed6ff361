import { Injectable } from '@nestjs/common';
import { Env, type NotificationsEnv } from '#config';
import type { Mail } from '#contracts';
import { Batcher } from '#messaging';
import { Database } from '../persistence/database.js';
import { addressee, RecipientRepository, type Addressee } from '../recipients/recipient.repository.js';
import { RenderMail, type RenderedMail } from '../templates/render-mail.js';

type Known = Awaited<ReturnType<RecipientRepository['find']>>;

/** Names the people of a mail, who never travel with it, and renders it. People are looked up for all mails of a moment at once. */
@Injectable()
export class PrepareMail {
  private readonly lookup: Batcher<readonly string[], Known>;
  private readonly publicUrl: string;

  constructor(
    private readonly templates: RenderMail,
    recipients: RecipientRepository,
    database: Database,
    env: Env<NotificationsEnv>,
  ) {
    this.publicUrl = env.get('PUBLIC_URL').replace(/\/$/, '');
    this.lookup = new Batcher(async (wanted) => {
      const known = await recipients.find(database, [...new Set(wanted.flat())]);
      return wanted.map(() => known);
    });
  }

  get templateVersion(): string {
    return this.templates.version;
  }

  async execute(recipientId: string, mail: Mail): Promise<RenderedMail & { to: Addressee }> {
    const askContactId = mail.template === 'chasing' ? mail.askContactId : null;
    const named = mail.template === 'weekly-digest' ? mail.late.flatMap((row) => (row.contactId === null ? [] : [row.contactId])) : [];
    const known = await this.lookup.add([recipientId, ...(askContactId === null ? [] : [askContactId]), ...named]);
    const to = addressee(recipientId, askContactId, known);
    if (!to) throw new Error(`recipient ${recipientId} is gone`);
    const contacts = new Map(named.flatMap((id) => (known.has(id) ? [[id, known.get(id)?.name ?? ''] as const] : [])));
    return { ...this.templates.render(mail, to.people, to.language, this.publicUrl, contacts), to };
  }
}
