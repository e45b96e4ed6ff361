import type { Level, Mail } from '#contracts';
import type { ClassTexts } from '../class-mails/class-texts.js';
import type { Language, People, WrittenIn } from './letter.js';

export type Section = Extract<Mail, { template: 'chasing' }>['items'][number]['section'];
export type Waiting = Extract<Mail, { template: 'weekly-digest' }>['waiting'][number]['kind'];
export type Figures = Extract<Mail, { template: 'weekly-digest' }>['figures'];

/** What a subject speaks of: the thing owed, and by whom where that is not the reader. */
export interface Subject {
  readonly title: string;
  readonly debtor: string | null;
  /** A report is handed in; everything else is done. */
  readonly isReport: boolean;
  readonly dueOn: string;
  readonly daysLate: number;
  /** An item for the city office's list is prepared, and the reader may send it. */
  readonly toSend: boolean;
}

/** A person to call. */
export interface Person {
  readonly name: string;
  readonly agency: string;
  readonly phone: string | null;
}

/**
 * Every sentence of every mail in one language. A language that lacks one does not compile, and one that says nothing stops the service from starting.
 * Days are ISO dates; they are written dd/MM/yyyy in both languages. Counts of days are working days.
 */
export interface Texts {
  readonly lang: WrittenIn;
  readonly document: (number: string, day: string) => string;
  readonly greeting: (name: string, agency: string) => string;
  /** To a stand-in, for somebody who is away until the end of a day. */
  readonly standInGreeting: (name: string, absent: string, until: string, agency: string) => string;
  readonly chasingLead: (document: string) => string;
  readonly sections: Readonly<Record<Section, string>>;
  readonly levels: Readonly<Record<Level, string>>;
  readonly title: (title: string, period: string) => string;
  readonly status: (level: string, daysLeft: number) => string;
  /** At a thing of another plan than the mail's. */
  readonly plan: (document: string) => string;
  readonly creditor: (name: string) => string;
  readonly dueOn: (day: string) => string;
  readonly window: (from: string, to: string) => string;
  readonly chasings: (count: number) => string;
  readonly next: (level: string, day: string) => string;
  readonly noNext: string;
  /** The item for the city office's list waits for the reader. */
  readonly toSend: string;
  /** It was sent, by a letter. */
  readonly sentBy: (number: string) => string;
  readonly act: Readonly<Record<Section, string>>;
  readonly ask: (person: Person) => string;
  readonly link: string;
  readonly footer: string;
  readonly subjects: Readonly<Record<Level, (subject: Subject) => string>>;
  /** Ends a subject that names one of several things. */
  readonly more: (count: number) => string;
  /** The subject of a mail that may have arrived before. */
  readonly repeated: (subject: string) => string;
  readonly digest: {
    readonly subject: (day: string, overdue: number) => string;
    readonly lead: (document: string, day: string) => string;
    readonly figures: Readonly<Record<keyof Figures, string>>;
    readonly late: string;
    readonly overdue: (days: number) => string;
    readonly upcoming: string;
    readonly allOnTime: string;
    readonly unreachable: string;
    readonly nobody: string;
    readonly since: (day: string) => string;
    readonly nameAnother: string;
    readonly suspended: string;
    readonly wholePlan: string;
    readonly task: (code: string, title: string) => string;
    readonly suspension: (decision: string, since: string, until: string | null) => string;
    readonly held: (count: number) => string;
    /** Days off of a year that are wanted, and what to do about them. */
    readonly calendar: Readonly<Record<'missing' | 'provisional', (year: number) => string>>;
    readonly waiting: string;
    readonly waits: (count: number) => string;
    readonly documents: Readonly<Record<Waiting, string>>;
  };
  /** Of mails about classes. */
  readonly classes: ClassTexts;
  /** Whom to call at an agency. */
  readonly contact: (name: string, phone: string | null) => string;
}

/** For whom a letter is written. */
export interface Reader {
  readonly people: People;
  readonly language: Language;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly texts: Readonly<Record<WrittenIn, Texts>>;
}

/** Whom the mail speaks to, and for whom they read it. */
export function greetingOf(people: People, texts: Texts): string {
  const agency = texts.lang === 'vi' ? people.agencyName : people.agencyNameEn;
  const { recipientName, standsInFor } = people;
  if (standsInFor === null) return texts.greeting(recipientName, agency);
  return texts.standInGreeting(recipientName, standsInFor.name, standsInFor.until, agency);
}
