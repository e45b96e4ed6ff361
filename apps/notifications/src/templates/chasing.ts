import type { Mail } from '#contracts';
import { colorOf, languagesOf, type Block, type Item, type Letter } from './letter.js';
import { greetingOf, type Reader, type Section, type Texts } from './texts.js';

type ChasingMail = Extract<Mail, { template: 'chasing' }>;
type Chased = ChasingMail['items'][number];

/** What the reader is asked to act on comes first. */
const ORDER: readonly Section[] = ['escalated', 'owes', 'copied'];

/** Everything that one recipient must know in one slot. Pure. */
export function chasingLetter(mail: ChasingMail, reader: Reader): Letter {
  const languages = languagesOf(reader.language);
  const texts = reader.texts[languages[0]];
  const document = texts.document(mail.plan.documentNumber, mail.plan.issuedOn);
  return {
    subject: `[${mail.plan.programme}] ${subjectOf(mail, texts)}`,
    preview: texts.chasingLead(document),
    programme: mail.plan.programme,
    document,
    planTitle: mail.plan.title,
    blocks: languages.map((language) => blockOf(mail, reader, reader.texts[language])),
  };
}

/** Named after the most serious thing in it; the others are counted. */
function subjectOf(mail: ChasingMail, texts: Texts): string {
  const items = ORDER.flatMap((section) => mail.items.filter((item) => item.section === section));
  const first = items.find((item) => item.level === mail.level) ?? items[0];
  if (!first) throw new RangeError('a mail about nothing');
  const subject = texts.subjects[mail.level]({
    title: titleOf(first, texts),
    debtor: first.section === 'owes' ? null : nameOf(first.debtor, texts),
    isReport: first.kind.endsWith('-report'),
    dueOn: first.dueOn,
    daysLate: Math.max(0, -first.workingDaysLeft),
    toSend: first.document?.number === null,
  });
  return items.length > 1 ? subject + texts.more(items.length - 1) : subject;
}

function blockOf(mail: ChasingMail, reader: Reader, texts: Texts): Block {
  const { people, publicUrl } = reader;
  const sections = ORDER.map((section) => ({ section, items: mail.items.filter((item) => item.section === section) })).filter(
    ({ items }) => items.length > 0,
  );
  const only = mail.items.length === 1 ? mail.items[0] : undefined;
  const { ask } = people;
  return {
    lang: texts.lang,
    greeting: greetingOf(people, texts),
    lead: texts.chasingLead(texts.document(mail.plan.documentNumber, mail.plan.issuedOn)),
    figures: [],
    sections: sections.map(({ section, items }) => ({
      heading: texts.sections[section],
      items: items.map((item) => itemOf(item, reader, texts)),
    })),
    closing: [
      ...sections.map(({ section }) => texts.act[section]),
      ...(ask ? [texts.ask({ ...ask, agency: texts.lang === 'vi' ? ask.agencyName : ask.agencyNameEn })] : []),
    ],
    link: { label: texts.link, url: publicUrl + (only?.path ?? '/obligations') },
    footer: texts.footer,
  };
}

function itemOf(item: Chased, { people, publicUrl }: Reader, texts: Texts): Item {
  const contact = item.contactId === null ? undefined : people.contacts.get(item.contactId);
  return {
    // Who reads of others wants to know first of whom.
    title: item.section === 'owes' ? titleOf(item, texts) : `${nameOf(item.debtor, texts)}: ${titleOf(item, texts)}`,
    url: publicUrl + item.path,
    status: texts.status(texts.levels[item.level], item.workingDaysLeft),
    color: colorOf(item.workingDaysLeft),
    facts: [
      ...(item.plan ? [texts.plan(texts.document(item.plan.documentNumber, item.plan.issuedOn))] : []),
      texts.creditor(nameOf(item.creditor, texts)),
      texts.dueOn(item.dueOn),
      ...(item.window ? [texts.window(item.window.from, item.window.to)] : []),
      ...(item.chasings > 0 ? [texts.chasings(item.chasings)] : []),
      ...(contact ? [texts.contact(contact.name, contact.phone)] : []),
      ...(item.document ? [item.document.number === null ? texts.toSend : texts.sentBy(item.document.number)] : []),
      ...nextOf(item, texts),
    ],
  };
}

/** Who is only informed is not told that nothing is left to do, and whoever has an item to send has something to do. */
function nextOf({ next, section, document }: Chased, texts: Texts): string[] {
  if (document?.number === null) return [];
  if (next) return [texts.next(texts.levels[next.level], next.on)];
  return section === 'copied' ? [] : [texts.noNext];
}

function titleOf(item: Chased, texts: Texts): string {
  return texts.lang === 'vi' ? texts.title(item.title, item.period) : texts.title(item.titleEn, item.periodEn);
}

function nameOf(agency: Chased['debtor'], texts: Texts): string {
  return texts.lang === 'vi' ? agency.name : agency.nameEn;
}
