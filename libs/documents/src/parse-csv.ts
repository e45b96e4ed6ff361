import { TableError } from './table-error.js';

interface CsvLimits {
  readonly rows: number;
  readonly columns: number;
}

/** What divides the cells: Excel writes semicolons where the comma is for decimals, as in Viet Nam. */
export type Divider = ',' | ';' | '\t';

/**
 * Cells of a CSV file (RFC 4180), line by line, with line ends of any system and quotes doubled inside quotes.
 * @param most lines to read; the rest is left
 * @throws TableError when a quote is never closed, or there are more lines or columns than the limits allow
 */
export function parseCsv(text: string, divider: Divider, limits: CsvLimits, most = Infinity): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  let at = 0;
  while (at < text.length && lines.length < most) {
    const cell = text[at] === '"' ? quotedCell(text, at, divider, lines.length) : plainCell(text, at, divider);
    line.push(cell.text);
    if (line.length > limits.columns) throw new TableError('too-many-columns', `A${lines.length + 1}`, { atMost: limits.columns });
    at = cell.end;
    if (text[at] === divider) {
      at += 1;
      if (at < text.length) continue;
      line.push('');
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    lines.push(line);
    if (lines.length > limits.rows) throw new TableError('too-many-rows', `A${lines.length}`, { atMost: limits.rows });
    line = [];
  }
  return lines;
}

/** What follows the closing quote up to the divider belongs to the cell: other programs write it so. */
function quotedCell(text: string, from: number, divider: Divider, row: number): { readonly text: string; readonly end: number } {
  let end = text.indexOf('"', from + 1);
  while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
  if (end < 0) throw new TableError('open-quote', `A${row + 1}`);
  const rest = plainCell(text, end + 1, divider);
  return { text: text.slice(from + 1, end).replaceAll('""', '"') + rest.text, end: rest.end };
}

function plainCell(text: string, from: number, divider: Divider): { readonly text: string; readonly end: number } {
  let end = from;
  while (end < text.length && text[end] !== divider && text[end] !== '\r' && text[end] !== '\n') end += 1;
  return { text: text.slice(from, end), end };
}

/**
 * Text of UTF-8 with or without a byte order mark.
 * @throws TableError
 */
export function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new TableError('not-utf-8', null);
  }
}
