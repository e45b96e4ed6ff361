import { Temporal } from 'temporal-polyfill';
import type { Mail } from '#contracts';
import { classInvitation } from '#documents';
import type { Attachment } from '../mail/mailer.js';
import { colorOf, languagesOf, type Block, type Correspondents, type Item, type Letter } from '../templates/letter.js';
import { greetingOf, type Reader, type Texts } from '../templates/texts.js';

/** What every mail about a class says of it. */
export type ClassFacts = Pick<Extract<Mail, { template: 'class-notice' }>, 'plan' | 'course' | 'class'>;
export type ToldSession = Extract<Mail, { template: 'class-notice' }>['sessions'][number];
export type Place = NonNullable<Extract<Mail, { template: 'class-notice' }>['venue']>;

/** What one mail says of its own, in one language. */
export interface ClassWords extends Pick<Block, 'sections' | 'closing' | 'link'> {
  readonly subject: string;
  readonly lead: string;
  readonly figures?: Block['figures'];
}

/** The letter of a mail about a class, in each language of its reader. Pure. */
export function classLetter(mail: ClassFacts, reader: Reader, say: (texts: Texts, document: string) => ClassWords): Letter {
  const [first, ...more] = languagesOf(reader.language).map((language) => {
    const texts = reader.texts[language];
    return { texts, ...say(texts, texts.document(mail.plan.documentNumber, mail.plan.issuedOn)) };
  });
  if (!first) throw new RangeError('a reader without a language');
  return {
    subject: `[${mail.plan.programme}] ${first.subject}`,
    preview: first.lead,
    programme: mail.plan.programme,
    document: first.texts.document(mail.plan.documentNumber, mail.plan.issuedOn),
    planTitle: mail.plan.title,
    blocks: [first, ...more].map(({ texts, lead, figures = [], sections, closing, link }) => ({
      lang: texts.lang,
      greeting: greetingOf(reader.people, texts),
      lead,
      figures,
      sections,
      closing,
      link,
      footer: texts.footer,
    })),
  };
}

/** @param more facts of the mail's own, below course and venue */
export function classItem(
  { class: { code, title }, course }: ClassFacts,
  venue: Place | null,
  texts: Texts,
  more: readonly string[] = [],
): Item {
  const { lang, classes } = texts;
  return {
    title: classes.classTitle(code, title),
    url: null,
    status: null,
    color: colorOf(1),
    facts: [
      classes.course(lang === 'vi' ? course.title : course.titleEn),
      ...(venue ? [classes.venue(venue.name, venue.address)] : []),
      ...more,
    ],
  };
}

export function sessionItem(
  { ordinal, date, startsAt, endsAt, topic }: ToldSession,
  { classes }: Texts,
  status: string | null = null,
): Item {
  return {
    title: classes.session(ordinal, date),
    url: null,
    status,
    color: colorOf(1),
    facts: [classes.time(startsAt, endsAt), classes.topic(topic)],
  };
}

/** A section of sessions that leave the reader's calendar; none where there are none. */
export function cancelledSection(cancelled: readonly ToldSession[], texts: Texts): Block['sections'] {
  const { classes } = texts;
  if (cancelled.length === 0) return [];
  const items = cancelled.map((session) => ({ ...sessionItem(session, texts, classes.isCancelled), color: colorOf(-1) }));
  return [{ heading: classes.cancelled, items }];
}

/** The first of some days, as they are ordered in the calendar; null where there is none. */
export function firstDayOf(sessions: readonly Pick<ToldSession, 'date'>[]): string | null {
  return sessions.map(({ date }) => date).toSorted()[0] ?? null;
}

/** What puts sessions into a reader's calendar, or takes them out of it. */
export interface CalendarWords extends ClassFacts {
  readonly venue: Place | null;
  /** Goes up with each mail that tells of these sessions: a calendar ignores what is older than what it has. */
  readonly sequence: number;
}

/**
 * A calendar file for each session, because many mail programs take in only the first event of one. Pure.
 * @param decidedAt when what the mail tells was decided: a file says that it was made then
 */
export function calendarsOf(
  method: 'request' | 'cancel',
  sessions: readonly ToldSession[],
  mail: CalendarWords,
  { sender, reader }: Correspondents,
  decidedAt: Temporal.Instant,
  { classes }: Texts,
): Attachment[] {
  return sessions.map(({ sessionId, date, ...session }) => ({
    fileName: `${classes.calendarFile[method](mail.class.code, session.ordinal)}.ics`,
    contentType: 'text/calendar',
    calendarMethod: method === 'request' ? 'REQUEST' : 'CANCEL',
    content: classInvitation({
      method,
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
