import type { Temporal } from 'temporal-polyfill';
import type { Mail } from '#contracts';
import type { Attachment } from '../mail/mailer.js';
import type { Correspondents } from './letter.js';
import type { Texts } from './texts.js';
import { trainerInvitationCalendars } from './trainer-invitation.js';

/**
 * The documents that go with a mail. Made from its facts when it is handed over, kept nowhere: on each try the same.
 * @param decidedAt when what the mail tells was decided; a document says that it was made then
 */
export function documentsOf(mail: Mail, between: Correspondents, decidedAt: Temporal.Instant, texts: Texts): readonly Attachment[] {
  switch (mail.template) {
    case 'chasing':
    case 'weekly-digest':
      return [];
    case 'trainer-invitation':
      return trainerInvitationCalendars(mail, between, decidedAt, texts);
  }
}
