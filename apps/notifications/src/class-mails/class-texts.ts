import type { Mail } from '#contracts';

type Notice = Extract<Mail, { template: 'class-notice' }>;
export type Occasion = Notice['occasion'];
export type ClassReader = Notice['reader'];
export type Difference = 'venue' | 'sessions' | 'trainers';

/** How the subject of a notice names its class. */
export interface NoticeSubject {
  readonly code: string;
  readonly title: string;
  /** Of the reader's sessions; null where none is left. */
  readonly firstDay: string | null;
}

/** Sentences of mails about classes in one language. Days are ISO dates, times are local, `08:00`. */
export interface ClassTexts {
  readonly theClass: string;
  readonly classTitle: (code: string, title: string) => string;
  readonly course: (title: string) => string;
  readonly venue: (name: string, address: string) => string;
  readonly session: (ordinal: number, day: string) => string;
  readonly time: (from: string, to: string) => string;
  readonly topic: (topic: string) => string;
  /** @param time local, `08:00` */
  readonly moment: (time: string, day: string) => string;
  /** Sessions that are in the reader's calendar and must leave it. */
  readonly cancelled: string;
  readonly isCancelled: string;
  /** That calendar files are attached, which keep the reader's calendar right. */
  readonly calendars: string;
  /** Of the calendar file of a session, without its ending. */
  readonly calendarFile: Readonly<Record<'request' | 'cancel', (code: string, ordinal: number) => string>>;
  readonly differences: Readonly<Record<Difference, string>>;
  readonly changed: (differences: readonly string[]) => string;
  /** That the link is the reader's alone. */
  readonly yourLink: (expiresOn: string) => string;
  /** To a trainer, to teach sessions of a class. */
  readonly invitation: {
    readonly subject: (code: string, title: string, firstDay: string) => string;
    readonly lead: (document: string) => string;
    readonly sessions: string;
    readonly answerBy: (day: string) => string;
    /** That opening the link answers nothing. */
    readonly onlyShows: string;
    readonly link: string;
  };
  /** To a trainer: who is in the class. */
  readonly roster: {
    readonly subject: (version: number, code: string, title: string, firstDay: string) => string;
    readonly lead: (document: string) => string;
    readonly version: string;
    readonly trainees: string;
    readonly lockedAt: string;
    readonly joined: string;
    readonly left: string;
    readonly sessions: string;
    readonly own: string;
    /** What is attached, twice: to work with, and to sign in. @param file its name without an ending */
    readonly attached: (file: string) => string;
    /** What the reader may use the list for (Law 91/2025/QH15). */
    readonly keepClosed: string;
    readonly link: string;
    /** Of the attached list, without its ending. */
    readonly file: (code: string, version: number) => string;
  };
  /** To whoever is, or was, to come to a class. */
  readonly notice: {
    readonly subjects: Readonly<Record<Occasion, (subject: NoticeSubject) => string>>;
    readonly leads: Readonly<Record<ClassReader, Readonly<Record<Occasion, (document: string) => string>>>>;
    readonly sessions: string;
    readonly decision: (decision: string) => string;
    readonly reason: (reason: string) => string;
    readonly urgent: (reason: string) => string;
    /** What the reader is asked to do where there is something to come to. */
    readonly come: Readonly<Record<ClassReader, string>>;
    /** That nothing is left to come to: for good, or until there are other days. */
    readonly nothing: string;
    readonly nothingYet: string;
    /** Where the trainee's data came from and what it is for (Law 91/2025/QH15). */
    readonly privacy: string;
  };
  /** To a trainer, whose attendance is not on record. */
  readonly attendance: {
    readonly subject: (code: string, title: string, days: readonly string[]) => string;
    readonly lead: (document: string) => string;
    readonly sessions: string;
    readonly ask: string;
    readonly onlyShows: string;
    readonly link: string;
  };
  /** To a trainee who completed a class. */
  readonly certificate: {
    readonly subject: (code: string, title: string) => string;
    readonly lead: (document: string) => string;
    readonly number: (number: string) => string;
    readonly issuedOn: (day: string) => string;
    readonly link: string;
    /** What the link shows, and to whom. */
    readonly shows: string;
  };
}
