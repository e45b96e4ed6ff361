import type { Mail } from '#contracts';
import type { Letter } from '../templates/letter.js';
import type { Reader } from '../templates/texts.js';
import { classItem, classLetter, firstDayOf, sessionItem } from './class-letter.js';

type InvitationMail = Extract<Mail, { template: 'trainer-invitation' }>;

/** Asks a trainer whether they will teach sessions of a class. Its link only shows the invitation: mail scanners open links, too. Pure. */
export function trainerInvitationLetter(mail: InvitationMail, reader: Reader): Letter {
  return classLetter(mail, reader, (texts, document) => {
    const { classes } = texts;
    const { invitation } = classes;
    return {
      subject: invitation.subject(mail.class.code, mail.class.title, firstDayOf(mail.sessions) ?? ''),
      lead: invitation.lead(document),
      sections: [
        { heading: classes.theClass, items: [classItem(mail, mail.venue, texts)] },
        { heading: invitation.sessions, items: mail.sessions.map((session) => sessionItem(session, texts)) },
      ],
      closing: [invitation.answerBy(mail.answerBy), invitation.onlyShows],
      link: { label: invitation.link, url: `${reader.publicUrl}/invitations/${mail.token}` },
    };
  });
}
