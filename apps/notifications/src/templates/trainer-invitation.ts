import { Temporal } from 'temporal-polyfill';
import type { Mail } from '#contracts';
import { classInvitation } from '#documents';
import type { Attachment } from '../mail/mailer.js';
import { colorOf, languagesOf, type Block, type Correspondents, type Item, type Letter } from './letter.js';
import { greetingOf, type Reader, type Texts } from './texts.js';

type InvitationMail = Extract<Mail, { template: 'trainer-invitation' }>;

/** Asks a trainer whether they will teach sessions of a class. Its link only shows the invitation: mail scanners open links, too. Pure. */
export function trainerInvitationLetter(mail: InvitationMail, reader: Reader): Letter {
  const languages = languagesOf(reader.language);
  const texts = reader.texts[languages[0]];
  const document = texts.document(mail.plan.documentNumber, mail.plan.issuedOn);
  return {
    subject: `[${mail.plan.programme}] ${texts.invitation.subject(mail.class.code, mail.class.title, firstDay(mail))}`,
    preview: texts.invitation.lead(document),
    programme: mail.plan.programme,
    document,
    planTitle: mail.plan.title,
    blocks: languages.map((language) => blockOf(mail, reader, reader.texts[language])),
  };
}

/** A calendar file for each session, because many mail programs take in only the first event of one. Pure. */
export function trainerInvitationCalendars(
  mail: InvitationMail,
  { sender, reader }: Correspondents,
  decidedAt: Temporal.Instant,
  { invitation }: Texts,
): Attachment[] {
  return mail.sessions.map(({ sessionId, date, ...session }) => ({
    fileName: `${invitation.calendarFile(mail.class.code, session.ordinal)}.ics`,
    contentType: 'text/calendar',
    calendarMethod: 'REQUEST',
    content: classInvitation({
      method: 'request',
      sequence: mail.sequence,
      classCode: mail.class.code,
      classTitle: mail.class.title,
      venue: mail.venue,
      sessions: [{ ...session, id: sessionId, date: Temporal.PlainDate.from(date) }],
      organiser: sender,
      attendee: reader,
      domain: sender.address.slice(sender.address.lastIndexOf('@') + 1),
      madeAt: decidedAt,
    }),
  }));
}

function blockOf(mail: InvitationMail, { people, publicUrl }: Reader, texts: Texts): Block {
  const { invitation } = texts;
  return {
    lang: texts.lang,
    greeting: greetingOf(people, texts),
    lead: invitation.lead(texts.document(mail.plan.documentNumber, mail.plan.issuedOn)),
    figures: [],
    sections: [
      { heading: invitation.theClass, items: [classItem(mail, texts)] },
      { heading: invitation.sessions, items: mail.sessions.map((session) => sessionItem(session, texts)) },
    ],
    closing: [invitation.answerBy(mail.answerBy), invitation.onlyShows],
    link: { label: invitation.link, url: `${publicUrl}/invitations/${mail.token}` },
    footer: texts.footer,
  };
}

function classItem({ class: { code, title }, course, venue }: InvitationMail, { lang, invitation }: Texts): Item {
  return {
    title: invitation.classTitle(code, title),
    url: null,
    status: null,
    color: colorOf(1),
    facts: [invitation.course(lang === 'vi' ? course.title : course.titleEn), invitation.venue(venue.name, venue.address)],
  };
}

function sessionItem({ ordinal, date, startsAt, endsAt, topic }: InvitationMail['sessions'][number], { invitation }: Texts): Item {
  return {
    title: invitation.session(ordinal, date),
    url: null,
    status: null,
    color: colorOf(1),
    facts: [invitation.time(startsAt, endsAt), invitation.topic(topic)],
  };
}

function firstDay({ sessions }: InvitationMail): string {
  return sessions.map(({ date }) => date).reduce((first, date) => (date < first ? date : first));
}
