import { inflateRawSync } from 'node:zlib';
import { readSheet } from 'read-excel-file/universal';
import { TableError } from './table-error.js';
import { type ZipEntry, zipEntries } from './zip.js';

interface SheetLimits {
  readonly unpackedBytes: number;
  readonly rows: number;
  readonly columns: number;
}

const STORED = 0;
const DEFLATED = 8;
const READ = /\.xml(?:\.rels)?$/;
/** The attribute `r` of rows and cells, with or without a prefix; not the declaration of a prefix. */
const PLACE = /(?:\s|(?<!xmlns):)r\s*=\s*(["'])(.*?)\1/gs;
const ADDRESS = /^([A-Z]*)(\d+)$/;
const ROW = /<(?:\w+:)?row[\s/>]/g;

/**
 * Values of the first sheet of an XLSX file. Before anything is built from it, the file is unpacked entry by entry within the limit, whatever sizes it
 * claims, and the addresses in its sheets are looked through: one cell at XFD1048576 would become a million rows.
 * @throws TableError
 */
export async function readFirstSheet(bytes: Buffer, limits: SheetLimits): Promise<(string | number | boolean | Date | null)[][]> {
  mustBeBounded(bytes, limits);
  try {
    const copy = Uint8Array.from(bytes).buffer; // a Buffer may be a part of a larger piece of memory
    return (await readSheet(copy)) as unknown as (string | number | boolean | Date | null)[][];
  } catch {
    throw new TableError('not-readable', null);
  }
}

function mustBeBounded(bytes: Buffer, limits: SheetLimits): void {
  let left = limits.unpackedBytes;
  for (const entry of entriesOf(bytes)) {
    if (entry.unpackedSize > left) throw new TableError('unpacks-too-large', null, { atMost: limits.unpackedBytes });
    const unpacked = unpackedOf(entry, left, limits);
    left -= unpacked.length;
    if (unpacked.includes('sheetData')) mustHavePlacesWithin(unpacked.toString('latin1'), limits);
  }
}

function entriesOf(bytes: Buffer): ZipEntry[] {
  try {
    return zipEntries(bytes).filter(({ name }) => READ.test(name));
  } catch {
    throw new TableError('not-readable', null);
  }
}

function unpackedOf(entry: ZipEntry, atMost: number, limits: SheetLimits): Buffer {
  if (entry.method === STORED) return entry.packed;
  if (entry.method !== DEFLATED) throw new TableError('not-readable', null);
  try {
    return inflateRawSync(entry.packed, { maxOutputLength: Math.max(1, atMost) });
  } catch (error) {
    const bomb = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw bomb ? new TableError('unpacks-too-large', null, { atMost: limits.unpackedBytes }) : new TableError('not-readable', null);
  }
}

/** What is no plain address is not read: in another spelling it might be one beyond the limits. */
function mustHavePlacesWithin(sheet: string, limits: SheetLimits): void {
  const rows = sheet.match(ROW)?.length ?? 0;
  if (rows > limits.rows) throw new TableError('too-many-rows', null, { atMost: limits.rows });
  for (const [, , place = ''] of sheet.matchAll(PLACE)) {
    const [, letters = '', row] = ADDRESS.exec(place) ?? [];
    if (row === undefined) throw new TableError('not-readable', null);
    const column = Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
    if (Number(row) > limits.rows) throw new TableError('too-many-rows', `${letters || 'A'}${row}`, { atMost: limits.rows });
    if (column > limits.columns) throw new TableError('too-many-columns', place, { atMost: limits.columns });
  }
}
