import { asText, type Cell } from './sheet.js';

/** Tells Excel that the file is UTF-8; without it Vietnamese opens as nonsense. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Beginnings that spreadsheets run as a formula (OWASP, CSV Injection), with their full-width forms. */
const RUNS = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/u;
const NUMBER = /^[+-]?\d+(?:[.,]\d+)?$/;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/**
 * RFC 4180, UTF-8 with a byte order mark, days as yyyy-mm-dd. A text that a spreadsheet would run as a formula gets a leading apostrophe; numbers, also
 * written as text, stay as they are.
 */
export function csv(rows: readonly (readonly Cell[])[]): Buffer {
  const lines = rows.map((row) => `${row.map((cell) => quoted(harmless(asText(cell)))).join(',')}\r\n`);
  return Buffer.from(BYTE_ORDER_MARK + lines.join(''), 'utf8');
}

function harmless(text: string): string {
  return RUNS.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
