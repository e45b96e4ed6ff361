import type { Mail } from '#contracts';
import { colorOf, languagesOf, type Block, type Item, type Letter } from './letter.js';
import { greetingOf, type Figures, type Reader, type Texts } from './texts.js';

type DigestMail = Extract<Mail, { template: 'weekly-digest' }>;
type Row = Pick<DigestMail['late'][number], 'debtor' | 'title' | 'titleEn' | 'period' | 'periodEn'>;

const FIGURES: readonly (keyof Figures)[] = ['open', 'overdue', 'dueThisWeek', 'submittedThisWeek', 'escalated'];

/** Where every agency stands, once a week. Pure. */
export function weeklyDigestLetter(mail: DigestMail, reader: Reader): Letter {
  const languages = languagesOf(reader.language);
  const texts = reader.texts[languages[0]];
  const document = texts.document(mail.plan.documentNumber, mail.plan.issuedOn);
  return {
    subject: `[${mail.plan.programme}] ${texts.digest.subject(mail.weekOf, mail.figures.overdue)}`,
    preview: texts.digest.lead(document, mail.weekOf),
    programme: mail.plan.programme,
    document,
    planTitle: mail.plan.title,
    blocks: languages.map((language) => blockOf(mail, reader, reader.texts[language])),
  };
}

function blockOf(mail: DigestMail, { people, publicUrl }: Reader, texts: Texts): Block {
  const { digest } = texts;
  const late = mail.late.map((row) => lateItem(row, people.contacts, publicUrl, texts));
  const unreachable = mail.unreachable.map((row) => unreachableItem(row, people.contacts, texts));
  const suspended = mail.suspensions.map((row) => suspendedItem(row, texts));
  const waiting = mail.waiting.map((row) => waitingItem(row, publicUrl, texts));
  const upcoming = mail.upcoming.map((row) => ({
    title: titleOf(row, texts),
    url: null,
    status: null,
    color: colorOf(1),
    facts: [texts.dueOn(row.dueOn)],
  }));
  return {
    lang: texts.lang,
    greeting: greetingOf(people, texts),
    lead: digest.lead(texts.document(mail.plan.documentNumber, mail.plan.issuedOn), mail.weekOf),
    figures: FIGURES.map((figure) => ({ label: digest.figures[figure], value: String(mail.figures[figure]) })),
    sections: [
      ...(late.length > 0 ? [{ heading: digest.late, items: late }] : []),
      ...(unreachable.length > 0 ? [{ heading: digest.unreachable, items: unreachable }] : []),
      ...(waiting.length > 0 ? [{ heading: digest.waiting, items: waiting }] : []),
      ...(suspended.length > 0 ? [{ heading: digest.suspended, items: suspended }] : []),
      ...(upcoming.length > 0 ? [{ heading: digest.upcoming, items: upcoming }] : []),
    ],
    closing: [
      ...(late.length > 0 ? [] : [digest.allOnTime]),
      ...(unreachable.length > 0 ? [digest.nameAnother] : []),
      ...mail.calendar.map(({ year, state }) => digest.calendar[state](year)),
    ],
    link: { label: texts.link, url: publicUrl + mail.path },
    footer: texts.footer,
  };
}

function lateItem(row: DigestMail['late'][number], contacts: Reader['people']['contacts'], publicUrl: string, texts: Texts): Item {
  const contact = row.contactId === null ? undefined : contacts.get(row.contactId);
  return {
    title: titleOf(row, texts),
    url: `${publicUrl}/obligations/${row.obligationId}`,
    status: texts.digest.overdue(row.workingDaysLate),
    color: colorOf(-1),
    facts: [texts.dueOn(row.dueOn), texts.chasings(row.chasings), ...(contact ? [texts.contact(contact.name, contact.phone)] : [])],
  };
}

function unreachableItem(row: DigestMail['unreachable'][number], contacts: Reader['people']['contacts'], texts: Texts): Item {
  const contact = row.contactId === null ? undefined : contacts.get(row.contactId);
  return {
    title: texts.lang === 'vi' ? row.agency.name : row.agency.nameEn,
    url: null,
    status: row.contactId === null ? texts.digest.nobody : null,
    color: colorOf(-1),
    facts: [...(contact ? [texts.contact(contact.name, contact.phone)] : []), texts.digest.since(row.since)],
  };
}

function suspendedItem({ task, decision, since, until, held }: DigestMail['suspensions'][number], { digest }: Texts): Item {
  return {
    title: task ? digest.task(task.code, task.title) : digest.wholePlan,
    url: null,
    status: null,
    color: colorOf(1),
    facts: [digest.suspension(decision, since, until), digest.held(held)],
  };
}

function waitingItem({ kind, count, path }: DigestMail['waiting'][number], publicUrl: string, { digest }: Texts): Item {
  return { title: digest.documents[kind], url: publicUrl + path, status: digest.waits(count), color: colorOf(0), facts: [] };
}

function titleOf(row: Row, texts: Texts): string {
  return texts.lang === 'vi'
    ? `${row.debtor.name}: ${texts.title(row.title, row.period)}`
    : `${row.debtor.nameEn}: ${texts.title(row.titleEn, row.periodEn)}`;
}
