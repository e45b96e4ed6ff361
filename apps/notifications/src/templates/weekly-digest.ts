import type { Mail } from '#contracts';
import { askLine } from './chasing.js';
import type { Block, Language, Letter, People } from './letter.js';
import { en, vi } from './texts.js';

type DigestMail = Extract<Mail, { template: 'weekly-digest' }>;

/** Where every agency stands, once a week. `contacts` names the people to call, by contact id. Pure. */
export function weeklyDigestLetter(
  mail: DigestMail,
  people: People,
  language: Language,
  publicUrl: string,
  contacts: ReadonlyMap<string, string>,
): Letter {
  const languages = language === 'vi+en' ? (['vi', 'en'] as const) : ([language] as const);
  const texts = language === 'en' ? en : vi;
  return {
    subject: `[${mail.plan.programme}] ${texts.digestSubject(mail.weekOf, mail.figures.overdue)}`,
    programme: mail.plan.programme,
    document: texts.document(mail.plan.documentNumber, mail.plan.issuedOn),
    blocks: languages.map((one) => blockOf(mail, people, one, publicUrl, contacts)),
  };
}

function blockOf(mail: DigestMail, people: People, language: 'vi' | 'en', publicUrl: string, contacts: ReadonlyMap<string, string>): Block {
  const texts = language === 'vi' ? vi : en;
  const title = (row: { title: string; titleEn: string; period: string; periodEn: string }): string =>
    language === 'vi' ? texts.itemTitle(row.title, row.period) : texts.itemTitle(row.titleEn, row.periodEn);
  const name = (agency: { name: string; nameEn: string }): string => (language === 'vi' ? agency.name : agency.nameEn);
  const late = mail.late.map((row) => {
    const contact = row.contactId === null ? undefined : contacts.get(row.contactId);
    return {
      title: `${name(row.debtor)}: ${title(row)}`,
      tone: 'late' as const,
      facts: [
        texts.overdue(row.dueOn, row.workingDaysLate),
        texts.chasings(row.chasings),
        ...(contact === undefined ? [] : [texts.contact(contact)]),
      ],
    };
  });
  const upcoming = mail.upcoming.map((row) => ({
    title: `${name(row.debtor)}: ${title(row)}`,
    tone: 'reminder' as const,
    facts: [texts.date(row.dueOn)],
  }));
  return {
    lang: language,
    greeting: texts.greeting(language === 'vi' ? people.agencyName : people.agencyNameEn, people.recipientName),
    lead: texts.digestLead(texts.document(mail.plan.documentNumber, mail.plan.issuedOn), mail.weekOf),
    sections: [
      ...(late.length > 0 ? [{ heading: texts.digestLate, items: late }] : []),
      ...(upcoming.length > 0 ? [{ heading: texts.digestUpcoming, items: upcoming }] : []),
    ],
    closing: [...texts.digestFigures(mail.figures), ...askLine(people, texts, language)],
    link: { label: texts.link, url: publicUrl + mail.path },
    footer: texts.footer,
  };
}
