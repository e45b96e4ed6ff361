import type { Mail } from '#contracts';
import type { Block, Item, Language, Letter, People } from './letter.js';
import { en, vi, type Texts } from './texts.js';

type ChasingMail = Extract<Mail, { template: 'chasing' }>;
type Chased = ChasingMail['items'][number];
const order = ['escalated', 'owes', 'copied'] as const;

/** Everything that one recipient must know in one slot. Pure. */
export function chasingLetter(mail: ChasingMail, people: People, language: Language, publicUrl: string): Letter {
  const languages = language === 'vi+en' ? (['vi', 'en'] as const) : ([language] as const);
  const subjectIn = language === 'en' ? 'en' : 'vi';
  return {
    subject: `[${mail.plan.programme}] ${subjectOf(mail, subjectIn)}`,
    programme: mail.plan.programme,
    document: (subjectIn === 'en' ? en : vi).document(mail.plan.documentNumber, mail.plan.issuedOn),
    blocks: languages.map((one) => blockOf(mail, people, one, publicUrl)),
  };
}

function subjectOf(mail: ChasingMail, language: 'vi' | 'en'): string {
  const texts = language === 'vi' ? vi : en;
  const worst = mail.items.find((item) => item.level === mail.level) ?? mail.items[0];
  if (!worst) return texts.levels[mail.level];
  const title = titleOf(worst, texts, language);
  const others = mail.items.length - 1;
  return texts.subject[mail.level](title, worst.dueOn, Math.max(0, -worst.workingDaysLeft)) + (others > 0 ? texts.more(others) : '');
}

function blockOf(mail: ChasingMail, people: People, language: 'vi' | 'en', publicUrl: string): Block {
  const texts = language === 'vi' ? vi : en;
  const sections = order.flatMap((section) => {
    const items = mail.items.filter((item) => item.section === section);
    return items.length > 0
      ? [{ section, heading: texts.sections[section], items: items.map((item) => itemOf(item, texts, language)) }]
      : [];
  });
  const path = mail.items.length === 1 ? (mail.items[0]?.path ?? '') : '/obligations';
  return {
    lang: language,
    greeting: texts.greeting(language === 'vi' ? people.agencyName : people.agencyNameEn, people.recipientName),
    lead: texts.chasingLead(texts.document(mail.plan.documentNumber, mail.plan.issuedOn)),
    sections: sections.map(({ heading, items }) => ({ heading, items })),
    closing: [...sections.map(({ section }) => texts.act[section]), ...askLine(people, texts, language)],
    link: { label: texts.link, url: publicUrl + path },
    footer: texts.footer,
  };
}

export function askLine(people: People, texts: Texts, language: 'vi' | 'en'): string[] {
  const { ask } = people;
  return ask ? [texts.ask(ask.name, language === 'vi' ? ask.agencyName : ask.agencyNameEn, ask.phone)] : [];
}

const titleOf = (item: Chased, texts: Texts, language: 'vi' | 'en'): string =>
  language === 'vi' ? texts.itemTitle(item.title, item.period) : texts.itemTitle(item.titleEn, item.periodEn);

function itemOf(item: Chased, texts: Texts, language: 'vi' | 'en'): Item {
  const name = (agency: Chased['debtor']): string => (language === 'vi' ? agency.name : agency.nameEn);
  return {
    title: titleOf(item, texts, language),
    tone: toneOf(item.workingDaysLeft),
    facts: [
      texts.levels[item.level],
      ...(item.section === 'owes' ? [] : [texts.debtor(name(item.debtor))]),
      texts.creditor(name(item.creditor)),
      dueFact(item.dueOn, item.workingDaysLeft, texts),
      ...(item.window ? [texts.window(item.window.from, item.window.to)] : []),
      ...(item.chasings > 0 ? [texts.chasings(item.chasings)] : []),
      item.next ? texts.next(texts.levels[item.next.level], item.next.on) : texts.noNext,
    ],
  };
}

export function dueFact(dueOn: string, workingDaysLeft: number, texts: Texts): string {
  if (workingDaysLeft === 0) return texts.dueToday(dueOn);
  return workingDaysLeft > 0 ? texts.dueLeft(dueOn, workingDaysLeft) : texts.overdue(dueOn, -workingDaysLeft);
}

export function toneOf(workingDaysLeft: number): Item['tone'] {
  if (workingDaysLeft < 0) return 'late';
  return workingDaysLeft === 0 ? 'due' : 'reminder';
}
