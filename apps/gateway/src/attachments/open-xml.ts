import type { FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { damaged, refused } from './refused.js';

/*
 * DOCX and XLSX are ZIP archives of parts (ISO/IEC 29500-2). Read here: the archive's own list at its end (APPNOTE 4.3.12, 4.3.16) and the part
 * [Content_Types].xml, which says what the whole is. Nothing else is unpacked.
 */

interface Part {
  readonly name: string;
  readonly encrypted: boolean;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
}

const END = Buffer.from('PK\x05\x06', 'latin1');
const END_LENGTH = 22;
const LISTED = 0x02014b50;
const LISTED_LENGTH = 46;
const LOCAL = 0x04034b50;
const LOCAL_LENGTH = 30;
/** Bytes: lists and type parts of real documents are far smaller, and the whole of one may not grow beyond this when it is opened. */
const MOST_LIST = 4_000_000;
const MOST_TYPES = 1_000_000;
const MOST_UNPACKED = 512 * 1024 * 1024;
const TYPES = '[content_types].xml';
const STORED = 0;
const DEFLATED = 8;

/** Position of an archive's end in the last bytes of a file, when it closes exactly with the file. */
function endIn(tail: Buffer): number | undefined {
  for (let at = tail.lastIndexOf(END); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf(END, at - 1)) {
    if (at + END_LENGTH <= tail.length && at + END_LENGTH + tail.readUInt16LE(at + 20) === tail.length) return at;
  }
  return undefined;
}

/** Whether the last bytes of a file are the end of an archive: it can be opened as one, whatever it begins with. */
export const endsAsArchive = (tail: Buffer): boolean => endIn(tail) !== undefined;

/**
 * @param tail the last 65,557 bytes of the file, or all of it
 * @throws Refusal 422 `file-type-not-allowed`, `file-damaged`, `file-encrypted`, `file-with-macros`, `file-expands`
 */
export async function kindOfOpenXml(file: FileHandle, size: number, tail: Buffer): Promise<'docx' | 'xlsx'> {
  const parts = await partsOf(file, size, tail);
  if (parts.some(({ encrypted }) => encrypted)) {
    throw refused('file-encrypted', 'This archive is encrypted, so it cannot be scanned. Save the document without a password.');
  }
  if (parts.reduce((sum, { unpacked }) => sum + unpacked, 0) > MOST_UNPACKED) {
    throw refused('file-expands', 'This document grows to more than 512 MB when it is opened. Save it anew, or in parts.');
  }
  const types = parts.find(({ name }) => name === TYPES);
  const text = types && (await unpack(file, types));
  if (text === undefined) throw neither();
  if (/macroEnabled|vbaProject/i.test(text) || parts.some(({ name }) => name.includes('vbaproject'))) {
    throw refused('file-with-macros', 'This document has macros, and those are not taken. Save it as DOCX or XLSX without macros.');
  }
  const isText = text.includes('application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml');
  const isSheet = text.includes('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml');
  if (isText === isSheet) throw neither();
  return isText ? 'docx' : 'xlsx';
}

async function partsOf(file: FileHandle, size: number, tail: Buffer): Promise<Part[]> {
  const end = endIn(tail);
  if (end === undefined) throw damaged('This archive is cut off, or something stands behind its end.');
  const [count, length, offset] = [tail.readUInt16LE(end + 10), tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  // The list lies right before the end; if not, something was put before the archive or into it.
  if (length > MOST_LIST || offset + length !== size - (tail.length - end)) throw damaged('The list of this archive is not where it says.');
  const list = await read(file, offset, length);
  const parts: Part[] = [];
  let at = 0;
  while (at + LISTED_LENGTH <= list.length && list.readUInt32LE(at) === LISTED) {
    const nameLength = list.readUInt16LE(at + 28);
    parts.push({
      name: list.toString('utf8', at + LISTED_LENGTH, at + LISTED_LENGTH + nameLength).toLowerCase(),
      encrypted: (list.readUInt16LE(at + 8) & 1) === 1,
      method: list.readUInt16LE(at + 10),
      packed: list.readUInt32LE(at + 20),
      unpacked: list.readUInt32LE(at + 24),
      offset: list.readUInt32LE(at + 42),
    });
    at += LISTED_LENGTH + nameLength + list.readUInt16LE(at + 30) + list.readUInt16LE(at + 32);
  }
  if (at !== list.length || parts.length !== count) throw damaged('The list of this archive cannot be read.');
  if (new Set(parts.map(({ name }) => name)).size !== parts.length) throw damaged('This archive has two parts of one name.');
  return parts;
}

/** The text of one part. @throws Refusal 422 `file-damaged` */
async function unpack(file: FileHandle, part: Part): Promise<string> {
  const head = await read(file, part.offset, LOCAL_LENGTH);
  if (part.packed > MOST_TYPES || head.length < LOCAL_LENGTH || head.readUInt32LE(0) !== LOCAL) {
    throw damaged('The list of types in this document cannot be read.');
  }
  const packed = await read(file, part.offset + LOCAL_LENGTH + head.readUInt16LE(26) + head.readUInt16LE(28), part.packed);
  if (part.method === STORED) return packed.toString('utf8');
  const unpacked =
    part.method === DEFLATED ? await promisify(inflateRaw)(packed, { maxOutputLength: MOST_TYPES }).catch(() => undefined) : undefined;
  if (!unpacked) throw damaged('The list of types in this document cannot be read.');
  return unpacked.toString('utf8');
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

const neither = () =>
  refused(
    'file-type-not-allowed',
    'This is an archive and neither a Word document (DOCX) nor an Excel workbook (XLSX). Send its files one by one.',
  );
