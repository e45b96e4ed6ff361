import { cleanText } from './clean-text.js';
import { decoded, type Divider, parseCsv } from './parse-csv.js';
import { readFirstSheet } from './read-sheet.js';
import { TableError } from './table-error.js';

/** What a file may hold at most. */
export interface TableLimits {
  /** Bytes of the file as it came. */
  readonly bytes: number;
  /** Bytes of what an XLSX file unpacks to. */
  readonly unpackedBytes: number;
  /** Rows below the header. */
  readonly rows: number;
  readonly columns: number;
}

export interface TableCell {
  /** As a spreadsheet calls it: `B7`. */
  readonly address: string;
  /** Composed (NFC), trimmed, inner white space as one space; a day as yyyy-mm-dd; empty when nothing stands there. */
  readonly text: string;
}

export interface TableRow<Name extends string> {
  /** As a spreadsheet counts, from 1. */
  readonly number: number;
  readonly cells: Readonly<Record<Name, TableCell>>;
}

/** How far down a header may stand: forms begin with a title. */
const HEADER_WITHIN = 20;

/**
 * Rows of the first sheet of an XLSX file, or of a CSV file (UTF-8 with or without a byte order mark; commas or semicolons). The header is the first row
 * that names every wanted column, in whatever order; case, diacritics and punctuation do not matter, columns not asked for are passed over, and so are
 * empty rows.
 * @param columns for each column its names, as people write them: `{ name: ['Họ và tên', 'Họ tên', 'Full name'] }`
 * @throws TableError which says what is wrong and where; nothing else, whatever the bytes
 */
export async function readTable<Name extends string>(
  bytes: Buffer,
  kind: 'xlsx' | 'csv',
  columns: Columns<Name>,
  limits: TableLimits,
): Promise<TableRow<Name>[]> {
  if (bytes.length > limits.bytes) throw new TableError('too-large', null, { bytes: bytes.length, atMost: limits.bytes });
  // Twice: below what is filled in, forms have empty rows with borders.
  const most = { ...limits, rows: 2 * limits.rows + HEADER_WITHIN };
  const lines = kind === 'xlsx' ? await readFirstSheet(bytes, most) : linesOf(decoded(bytes), columns, most);
  const names = Object.keys(columns) as Name[];
  const header = headerOf(lines, columns);
  const rows: TableRow<Name>[] = [];
  for (let index = header.index + 1; index < lines.length; index += 1) {
    const line = lines[index] ?? [];
    const cells = {} as Record<Name, TableCell>;
    for (const name of names) {
      const column = header.columns[name];
      cells[name] = { address: addressOf(index, column), text: textOf(line[column] ?? null) };
    }
    if (names.every((name) => cells[name].text === '')) continue;
    rows.push({ number: index + 1, cells });
    if (rows.length > limits.rows) throw new TableError('too-many-rows', addressOf(index, 0), { atMost: limits.rows });
  }
  return rows;
}

/** `B7` of row 6, column 1: both count from 0. */
export function addressOf(row: number, column: number): string {
  let letters = '';
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return `${letters}${row + 1}`;
}

type Value = string | number | boolean | Date | null;
type Columns<Name extends string> = Readonly<Record<Name, readonly string[]>>;

/** Which sign divides the cells is told by the header: the sign with which most of its names are found. */
function linesOf<Name extends string>(text: string, columns: Columns<Name>, limits: TableLimits): string[][] {
  const found = (divider: Divider) =>
    Math.max(...parseCsv(text, divider, { ...limits, columns: Infinity }, HEADER_WITHIN).map((line) => placesOf(line, columns).size), 0);
  const dividers: readonly Divider[] = [',', ';', '\t'];
  return parseCsv(
    text,
    dividers.reduce((best, divider) => (found(divider) > found(best) ? divider : best)),
    limits,
  );
}

function headerOf<Name extends string>(
  lines: readonly (readonly Value[])[],
  columns: Columns<Name>,
): { readonly index: number; readonly columns: Readonly<Record<Name, number>> } {
  const names = Object.keys(columns) as Name[];
  let missing: readonly Name[] = names;
  for (const [index, line] of lines.slice(0, HEADER_WITHIN).entries()) {
    const places = placesOf(line, columns);
    const lacking = names.filter((name) => !places.has(name));
    if (lacking.length < missing.length) missing = lacking;
    if (lacking.length > 0) continue;
    for (const [name, [, second]] of places) {
      if (second !== undefined) throw new TableError('column-twice', addressOf(index, second), { column: columns[name][0] ?? name });
    }
    return { index, columns: Object.fromEntries([...places].map(([name, [first]]) => [name, first])) as Record<Name, number> };
  }
  throw new TableError('no-header', null, { missing: missing.map((name) => columns[name][0] ?? name) });
}

/** In which columns of this line the names stand. */
function placesOf<Name extends string>(line: readonly Value[], columns: Columns<Name>): Map<Name, readonly number[]> {
  const keys = line.map((value) => keyOf(textOf(value)));
  const places = new Map<Name, readonly number[]>();
  for (const name of Object.keys(columns) as Name[]) {
    const wanted = new Set(columns[name].map(keyOf));
    const found = keys.flatMap((key, column) => (wanted.has(key) ? [column] : []));
    if (found.length > 0) places.set(name, found);
  }
  return places;
}

/** "Họ và tên", "HO VA TEN *" and "ho_va_ten" are the same. */
function keyOf(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function textOf(value: Value): string {
  if (value === null) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return cleanText(String(value)).replace(/\s+/gu, ' ').trim();
}
