/** A mail as its template sees it: every word chosen, nothing left to decide. One block per language. */
export interface Letter {
  readonly subject: string;
  readonly programme: string;
  readonly document: string;
  readonly blocks: readonly Block[];
}

export interface Block {
  readonly lang: 'vi' | 'en';
  readonly greeting: string;
  readonly lead: string;
  readonly sections: readonly { readonly heading: string; readonly items: readonly Item[] }[];
  readonly closing: readonly string[];
  readonly link: { readonly label: string; readonly url: string };
  readonly footer: string;
}

export interface Item {
  readonly title: string;
  readonly tone: 'reminder' | 'due' | 'late';
  readonly facts: readonly string[];
}

/** Whom the mail speaks to, and whom to ask. */
export interface People {
  readonly recipientName: string;
  readonly agencyName: string;
  readonly agencyNameEn: string;
  readonly ask: { readonly name: string; readonly agencyName: string; readonly agencyNameEn: string; readonly phone: string | null } | null;
}

export type Language = 'vi' | 'en' | 'vi+en';
