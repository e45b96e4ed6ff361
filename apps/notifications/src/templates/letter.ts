import type { CalendarParty } from '#documents';

/** A mail as its template sees it: every word chosen, nothing left to decide. One block per language. */
export interface Letter {
  readonly subject: string;
  /** What a mailbox shows beside the subject. */
  readonly preview: string;
  readonly programme: string;
  readonly document: string;
  readonly planTitle: string;
  readonly blocks: readonly Block[];
}

export interface Block {
  readonly lang: WrittenIn;
  readonly greeting: string;
  readonly lead: string;
  readonly figures: readonly { readonly label: string; readonly value: string }[];
  readonly sections: readonly { readonly heading: string; readonly items: readonly Item[] }[];
  readonly closing: readonly string[];
  /** Null where there is nothing to open. */
  readonly link: { readonly label: string; readonly url: string } | null;
  readonly footer: string;
}

export interface Item {
  readonly title: string;
  /** Null where there is nothing to see. */
  readonly url: string | null;
  readonly status: string | null;
  readonly color: string;
  readonly facts: readonly string[];
}

/** Whom the mail speaks to, whom to ask, and who is named in it by contact id. */
export interface People {
  readonly recipientName: string;
  /** Who is away, and until when, where the mail speaks to a stand-in. */
  readonly standsInFor: { readonly name: string; readonly until: string } | null;
  /** Or the organisation of a person of no agency. */
  readonly agencyName: string;
  readonly agencyNameEn: string;
  readonly ask: { readonly name: string; readonly agencyName: string; readonly agencyNameEn: string; readonly phone: string | null } | null;
  readonly contacts: ReadonlyMap<string, { readonly name: string; readonly phone: string | null }>;
}

/** Between whom the documents of a mail are. */
export interface Correspondents {
  readonly sender: CalendarParty;
  readonly reader: CalendarParty;
}

/** What a recipient wants to read; a bilingual mail says everything in Vietnamese first and in English below. */
export type Language = 'vi' | 'en' | 'vi+en';
export type WrittenIn = 'vi' | 'en';

export function languagesOf(language: Language): readonly [WrittenIn, ...WrittenIn[]] {
  return language === 'vi+en' ? ['vi', 'en'] : [language];
}

/** Readable on white and on the dark sheet: 4.5:1 and more on either side would need two colours, so these stay between. */
const COLORS = { reminder: '#2b6cb0', due: '#b7791f', late: '#d13b3b' } as const;

/** @param workingDaysLeft until the due day; negative when it is over */
export function colorOf(workingDaysLeft: number): string {
  if (workingDaysLeft < 0) return COLORS.late;
  return workingDaysLeft === 0 ? COLORS.due : COLORS.reminder;
}
