import { createHash } from 'node:crypto';
import { buildHeaderValue, encodeWord, foldLines, quoteString } from 'nodemailer/lib/mime-funcs';
import type { Attachment, OutgoingMail } from './mailer.js';

/** Longest line of a header or an encoded body, in characters (RFC 5322 2.1.1). */
const LINE = 76;

/** A part of a mail: what its head says of it, and its lines. */
interface Part {
  readonly headers: Readonly<Record<string, string>>;
  readonly lines: readonly string[];
}

/**
 * The mail as it goes over the wire: plain text and HTML as alternatives, then the documents; everything in base64, so that no server on the way has a line
 * to fold or a byte to change. The one calendar file of a mail is an alternative, too, which mail programs show as an invitation to answer; of several each is
 * a document alone, because they would show one and hide the others. Composed here because nodemailer's own composer encodes character by character and costs
 * more than all the rest of a delivery. Pure: the same mail gives the same bytes.
 * @param from our address, with or without a name
 */
export function composeMime(mail: OutgoingMail, from: { readonly name: string; readonly address: string }): Buffer {
  const boundary = createHash('sha256').update(mail.mailId).digest('hex').slice(0, 32);
  const { attachments = [] } = mail;
  const calendars = attachments.filter(({ calendarMethod }) => calendarMethod !== undefined);
  const invitation = calendars.length === 1 ? calendars[0] : undefined;
  const words = multipart('alternative', `=_${boundary}`, [
    part({ 'Content-Type': 'text/plain; charset=utf-8' }, mail.text),
    part({ 'Content-Type': 'text/html; charset=utf-8' }, mail.html),
    ...(invitation ? [part({ 'Content-Type': typeOf(invitation) }, invitation.content)] : []),
  ]);
  const documents = attachments.map((one) => documentOf(one, one === invitation ? 'application/ics' : typeOf(one)));
  const body = documents.length === 0 ? words : multipart('mixed', `=_m${boundary}`, [words, ...documents]);
  const headers = {
    From: mailbox(from),
    To: mailbox(mail.to),
    Subject: wordsOf(mail.subject),
    'Message-ID': `<${mail.mailId}>`,
    Date: mail.date.toUTCString().replace('GMT', '+0000'),
    ...mail.headers,
    'MIME-Version': '1.0',
    ...body.headers,
  };
  return Buffer.from([...linesOf({ headers, lines: body.lines }), ''].join('\r\n'));
}

function multipart(kind: 'alternative' | 'mixed', boundary: string, parts: readonly Part[]): Part {
  return {
    headers: { 'Content-Type': `multipart/${kind}; boundary="${boundary}"` },
    lines: [...parts.flatMap((one) => [`--${boundary}`, ...linesOf(one)]), `--${boundary}--`],
  };
}

function part(headers: Part['headers'], content: Buffer | string): Part {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    headers: { ...headers, 'Content-Transfer-Encoding': 'base64' },
    lines: [bytes.toString('base64').replaceAll(/.{76}(?=.)/g, '$&\r\n')],
  };
}

function documentOf({ fileName, content }: Attachment, contentType: string): Part {
  const filename = fileName.normalize('NFC').replaceAll(/[\p{Cc}\p{Cs}<>:"/\\|?*]+/gu, '-');
  return part(
    { 'Content-Type': contentType, 'Content-Disposition': buildHeaderValue({ value: 'attachment', params: { filename } }) },
    content,
  );
}

function typeOf({ contentType, calendarMethod }: Attachment): string {
  return calendarMethod === undefined ? contentType : `${contentType}; charset=utf-8; method=${calendarMethod}`;
}

function linesOf({ headers, lines }: Part): string[] {
  return [...Object.entries(headers).map(([name, value]) => foldLines(`${name}: ${oneLine(value)}`, LINE)), '', ...lines];
}

function mailbox({ name, address }: { readonly name: string; readonly address: string }): string {
  return name === '' ? `<${address}>` : `${wordsOf(name, quoteString)} <${address}>`;
}

/**
 * What people wrote, as a header says it: plain where it folds and no reader takes it for anything else, or in encoded words (RFC 2047), each of which holds
 * whole characters and fits on a line.
 */
function wordsOf(text: string, plain = (line: string): string => line): string {
  const line = oneLine(text);
  const clear = /^[\x20-\x7e]*$/.test(line) && !/=\?|[^ ]{60}| {2}/.test(line);
  return clear ? plain(line) : encodeWord(line, 'B', 52);
}

/** Whatever a value holds, it stays in its header. */
function oneLine(value: string): string {
  return value.replaceAll(/[\r\n\0]+/g, ' ');
}
