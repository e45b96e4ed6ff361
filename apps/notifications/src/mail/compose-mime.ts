import { createHash } from 'node:crypto';
import { encodeWord, foldLines, quoteString } from 'nodemailer/lib/mime-funcs';
import type { OutgoingMail } from './mailer.js';

/** Longest line of a header or an encoded body, in characters (RFC 5322 2.1.1). */
const LINE = 76;

/**
 * The mail as it goes over the wire: plain text and HTML as alternatives, both in base64, so that no server on the way has a line to fold or a byte to
 * change. Composed here because nodemailer's own composer encodes character by character and costs more than all the rest of a delivery. Pure: the same
 * mail gives the same bytes.
 * @param from our address, with or without a name
 */
export function composeMime(mail: OutgoingMail, from: { readonly name: string; readonly address: string }): Buffer {
  const boundary = `=_${createHash('sha256').update(mail.mailId).digest('hex').slice(0, 32)}`;
  const headers = {
    From: mailbox(from),
    To: mailbox(mail.to),
    Subject: words(mail.subject),
    'Message-ID': `<${mail.mailId}>`,
    Date: mail.date.toUTCString().replace('GMT', '+0000'),
    ...mail.headers,
    'MIME-Version': '1.0',
    'Content-Type': `multipart/alternative; boundary="${boundary}"`,
  };
  const head = Object.entries(headers).map(([name, value]) => foldLines(`${name}: ${oneLine(value)}`, LINE));
  return Buffer.from(
    [...head, '', ...part(boundary, 'plain', mail.text), ...part(boundary, 'html', mail.html), `--${boundary}--`, ''].join('\r\n'),
  );
}

function part(boundary: string, kind: 'plain' | 'html', content: string): string[] {
  return [
    `--${boundary}`,
    `Content-Type: text/${kind}; charset=utf-8`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(content)
      .toString('base64')
      .replaceAll(/.{76}(?=.)/g, '$&\r\n'),
  ];
}

function mailbox({ name, address }: { readonly name: string; readonly address: string }): string {
  return name === '' ? `<${address}>` : `${words(name, quoteString)} <${address}>`;
}

/**
 * What people wrote, as a header says it: plain where it folds and no reader takes it for anything else, or in encoded words (RFC 2047), each of which holds
 * whole characters and fits on a line.
 */
function words(text: string, plain = (line: string): string => line): string {
  const line = oneLine(text);
  const clear = /^[\x20-\x7e]*$/.test(line) && !/=\?|[^ ]{60}| {2}/.test(line);
  return clear ? plain(line) : encodeWord(line, 'B', 52);
}

/** Whatever a value holds, it stays in its header. */
function oneLine(value: string): string {
  return value.replaceAll(/[\r\n\0]+/g, ' ');
}
