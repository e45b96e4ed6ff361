import type { Mail } from '#contracts';
import type { Letter } from '../templates/letter.js';
import type { Reader } from '../templates/texts.js';
import type { ClassTexts } from './class-texts.js';
import { cancelledSection, classItem, classLetter, firstDayOf, sessionItem } from './class-letter.js';

type NoticeMail = Extract<Mail, { template: 'class-notice' }>;

/** What a class is now for somebody who is, or was, to come to it. It asks for no answer and has no link. Pure. */
export function classNoticeLetter(mail: NoticeMail, reader: Reader): Letter {
  return classLetter(mail, reader, (texts, document) => {
    const { classes } = texts;
    const { notice } = classes;
    const facts = [
      ...(mail.decision === null ? [] : [notice.decision(mail.decision)]),
      ...(mail.reason === null ? [] : [notice.reason(mail.reason)]),
      ...(mail.changed.length > 0 ? [classes.changed(mail.changed.map((one) => classes.differences[one]))] : []),
    ];
    const sessions = mail.sessions.map((session) => sessionItem(session, texts));
    return {
      subject: notice.subjects[mail.occasion]({ ...mail.class, firstDay: firstDayOf(mail.sessions) }),
      lead: notice.leads[mail.reader][mail.occasion](document),
      sections: [
        { heading: classes.theClass, items: [classItem(mail, mail.venue, texts, facts)] },
        ...(sessions.length > 0 ? [{ heading: notice.sessions, items: sessions }] : []),
        ...cancelledSection(mail.cancelled, texts),
      ],
      closing: [
        ...(mail.urgent === null ? [] : [notice.urgent(mail.urgent)]),
        whatToDo(mail, notice),
        ...(sessions.length + mail.cancelled.length > 0 ? [classes.calendars] : []),
        ...(mail.reader === 'trainee' ? [notice.privacy] : []),
      ],
      link: null,
    };
  });
}

function whatToDo({ sessions, occasion, reader }: NoticeMail, notice: ClassTexts['notice']): string {
  if (sessions.length > 0) return notice.come[reader];
  return occasion === 'postponed' ? notice.nothingYet : notice.nothing;
}
