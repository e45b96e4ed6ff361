import type { Temporal } from 'temporal-polyfill';
import type { Mail } from '#contracts';
import { calendarsOf, type ToldSession } from '../class-mails/class-letter.js';
import type { Attachment } from '../mail/mailer.js';
import type { Correspondents } from './letter.js';
import type { Texts } from './texts.js';

/**
 * The calendar files that go with a mail. Made from its facts when it is handed over, kept nowhere: on each try the same.
 * @param decidedAt when what the mail tells was decided; a file says that it was made then
 */
export function calendarsWith(mail: Mail, between: Correspondents, decidedAt: Temporal.Instant, texts: Texts): readonly Attachment[] {
  switch (mail.template) {
    case 'chasing':
    case 'weekly-digest':
    case 'attendance-missing':
    case 'certificate':
      return [];
    case 'trainer-invitation':
    case 'class-roster':
    case 'class-notice':
      return [
        ...calendarsOf('request', ownOf(mail), mail, between, decidedAt, texts),
        ...calendarsOf('cancel', mail.cancelled, mail, between, decidedAt, texts),
      ];
  }
}

/** The sessions that the reader comes to. A trainer is told of all sessions of a class, and comes to their own. */
function ownOf(mail: Extract<Mail, { template: 'trainer-invitation' | 'class-roster' | 'class-notice' }>): readonly ToldSession[] {
  return mail.template === 'class-roster' ? mail.sessions.filter(({ own }) => own) : mail.sessions;
}
