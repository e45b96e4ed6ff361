import type { Mail } from '#contracts';
import { colorOf, type Letter } from '../templates/letter.js';
import type { Reader } from '../templates/texts.js';
import { classItem, classLetter, sessionItem } from './class-letter.js';

type MissingMail = Extract<Mail, { template: 'attendance-missing' }>;

/** Asks a trainer for the attendance of sessions that are over. Its link only shows the page: mail scanners open links, too. Pure. */
export function attendanceMissingLetter(mail: MissingMail, reader: Reader): Letter {
  return classLetter(mail, reader, (texts, document) => {
    const { classes } = texts;
    const { attendance } = classes;
    const days = [...new Set(mail.sessions.map(({ date }) => date))].toSorted();
    return {
      subject: attendance.subject(mail.class.code, mail.class.title, days),
      lead: attendance.lead(document),
      sections: [
        { heading: classes.theClass, items: [classItem(mail, null, texts)] },
        { heading: attendance.sessions, items: mail.sessions.map((session) => ({ ...sessionItem(session, texts), color: colorOf(0) })) },
      ],
      closing: [attendance.ask, attendance.onlyShows, classes.yourLink(mail.expiresOn)],
      link: { label: attendance.link, url: `${reader.publicUrl}/attendance/${mail.token}` },
    };
  });
}
