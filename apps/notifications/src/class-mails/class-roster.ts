import { Temporal } from 'temporal-polyfill';
import { TIME_ZONE } from '#calendar';
import type { Mail } from '#contracts';
import type { Letter } from '../templates/letter.js';
import type { Reader, Texts } from '../templates/texts.js';
import { cancelledSection, classItem, classLetter, firstDayOf, sessionItem } from './class-letter.js';

type RosterMail = Extract<Mail, { template: 'class-roster' }>;

/** To a trainer: who is in the class, and what became different since the list that they were sent last. The people stand in the attached list alone. Pure. */
export function classRosterLetter(mail: RosterMail, reader: Reader): Letter {
  return classLetter(mail, reader, (texts, document) => {
    const { classes } = texts;
    const { roster } = classes;
    const changed = mail.delta?.changed ?? [];
    return {
      subject: roster.subject(mail.rosterVersion, mail.class.code, mail.class.title, firstDayOf(mail.sessions) ?? ''),
      lead: roster.lead(document),
      figures: figuresOf(mail, texts),
      sections: [
        {
          heading: classes.theClass,
          items: [
            classItem(mail, mail.venue, texts, changed.length > 0 ? [classes.changed(changed.map((one) => classes.differences[one]))] : []),
          ],
        },
        { heading: roster.sessions, items: mail.sessions.map((session) => sessionItem(session, texts, session.own ? roster.own : null)) },
        ...cancelledSection(mail.cancelled, texts),
      ],
      closing: [
        roster.attached(roster.file(mail.class.code, mail.rosterVersion)),
        classes.calendars,
        roster.keepClosed,
        classes.yourLink(mail.expiresOn),
      ],
      link: { label: roster.link, url: `${reader.publicUrl}/rosters/${mail.token}` },
    };
  });
}

function figuresOf({ rosterVersion, trainees, lockedAt, delta }: RosterMail, { classes: { roster, moment } }: Texts) {
  const local = Temporal.Instant.from(lockedAt).toZonedDateTimeISO(TIME_ZONE);
  return [
    { label: roster.version, value: String(rosterVersion) },
    { label: roster.trainees, value: String(trainees) },
    ...(delta
      ? [
          { label: roster.joined, value: String(delta.joined) },
          { label: roster.left, value: String(delta.left) },
        ]
      : []),
    { label: roster.lockedAt, value: moment(local.toPlainTime().toString({ smallestUnit: 'minute' }), local.toPlainDate().toString()) },
  ];
}
