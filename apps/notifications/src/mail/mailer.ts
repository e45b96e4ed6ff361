/** A document that goes with a mail. */
export interface Attachment {
  /** As the reader sees it; what no file system takes is written as a hyphen. */
  readonly fileName: string;
  /** With its charset where it is a text. */
  readonly contentType: string;
  readonly content: Buffer | string;
  /** Of a calendar file (`text/calendar`): the method that it says itself, without which mail programs do not take it for an invitation. */
  readonly calendarMethod?: 'REQUEST' | 'CANCEL';
}

/** One mail, ready for the mail server. */
export interface OutgoingMail {
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly attachments?: readonly Attachment[];
  /** The Message-ID header without brackets; the same on every try. */
  readonly mailId: string;
  readonly date: Date;
  /** Further headers: ASCII values on one line. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What became of it. `refused` is for good (5xx), `address` when it is the recipient's address that is refused; `retry` may work later (4xx, network),
 * `reached` when it was the mail server that said so; `unknown` is the one ambiguous end: the whole mail was handed over and no answer came (RFC 1047).
 */
export type Handover =
  | { readonly kind: 'sent'; readonly answer: string }
  | { readonly kind: 'refused'; readonly answer: string; readonly status: string; readonly address: boolean }
  | { readonly kind: 'retry'; readonly answer: string; readonly reached: boolean }
  | { readonly kind: 'unknown'; readonly answer: string };

/** The border to the mail server. */
export abstract class Mailer {
  /** Never throws for what a mail server does. Answers hold no address. */
  abstract send(mail: OutgoingMail): Promise<Handover>;
  /** Whether a mail server answers and takes our sign-in; sends nothing. */
  abstract reachable(): Promise<boolean>;
}
