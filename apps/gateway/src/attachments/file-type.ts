import { open, type FileHandle } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { endsAsArchive, kindOfOpenXml } from './open-xml.js';
import { damaged, refused } from './refused.js';
import type { Received } from './spool.js';

/** What may be attached. */
const kinds = {
  pdf: { name: 'PDF document', mediaType: 'application/pdf', extensions: ['pdf'] },
  docx: {
    name: 'Word document (DOCX)',
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extensions: ['docx'],
  },
  xlsx: {
    name: 'Excel workbook (XLSX)',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extensions: ['xlsx'],
  },
  png: { name: 'PNG picture', mediaType: 'image/png', extensions: ['png'] },
  jpg: { name: 'JPEG picture', mediaType: 'image/jpeg', extensions: ['jpg', 'jpeg'] },
  webp: { name: 'WebP picture', mediaType: 'image/webp', extensions: ['webp'] },
} as const;
type Kind = keyof typeof kinds;
const names = Object.values(kinds).map(({ name }) => name);
export const mediaTypes: readonly string[] = Object.values(kinds).map(({ mediaType }) => mediaType);

/** A PDF reader looks for the beginning of a PDF within so many bytes, and for its end within so many; an archive's end has at most so many. */
const HEAD = 1024;
const PDF_TAIL = 2048;
const ARCHIVE_TAIL = 65_557;
const PIECE = 65_536;

/**
 * What a file is by its content, whatever it is called: the first bytes and, for DOCX and XLSX, the list of parts in the archive. Checked besides: it has its
 * proper end; it is not an archive or a PDF at the same time; it is not encrypted; it has no macros (DOCX, XLSX); the name ends as the content says. Not
 * checked: scripts and links inside a PDF, external links inside DOCX and XLSX, and whether a reader can show all of it.
 * @returns the media type
 * @throws Refusal 422 `file-type-not-allowed`, `file-type-mismatch`, `file-damaged`, `file-polyglot`, `file-encrypted`, `file-with-macros`, `file-expands`
 */
export async function mediaTypeOf({ path, size }: Received, fileName: string): Promise<string> {
  const file = await open(path);
  try {
    const kind = await kindOf(file, path, size);
    const { name, mediaType, extensions } = kinds[kind];
    const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
    if (!(extensions as readonly string[]).includes(extension)) {
      throw refused(
        'file-type-mismatch',
        `The name ends in "${extension === '' ? 'nothing' : `.${extension}`}", but the content is a ${name}. Name it with .${extensions[0]}, or send the file that was meant.`,
      );
    }
    return mediaType;
  } finally {
    await file.close();
  }
}

async function kindOf(file: FileHandle, path: string, size: number): Promise<Kind> {
  const head = await bytes(file, 0, Math.min(size, HEAD));
  const tail = await bytes(file, Math.max(0, size - ARCHIVE_TAIL), Math.min(size, ARCHIVE_TAIL));
  // By its own list of parts: the order of parts in an archive, on which a look at the first bytes relies, is its maker's choice.
  if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return kindOfOpenXml(file, size, tail);
  // It throws at content that begins like a type and is cut off: that is no known type.
  const kind = pictureOrPdf((await fileTypeFromFile(path).catch(() => undefined))?.ext);
  if (endsAsArchive(tail) || (kind !== 'pdf' && head.includes('%PDF-'))) {
    throw refused('file-polyglot', `This ${kinds[kind].name} is another file at the same time, which is a way to hide one. Save it anew.`);
  }
  if (!endsProperly(kind, head, tail, size)) throw damaged(`This ${kinds[kind].name} is cut off, or something stands behind its end.`);
  if (kind === 'pdf' && (await isEncrypted(file, size))) {
    throw refused('file-encrypted', 'This PDF is encrypted, so it cannot be scanned. Save it without a password and without restrictions.');
  }
  return kind;
}

function pictureOrPdf(found: string | undefined): 'pdf' | 'png' | 'jpg' | 'webp' {
  if (found === 'pdf' || found === 'png' || found === 'jpg' || found === 'webp') return found;
  if (found === 'apng') return 'png';
  const what = found === undefined ? 'The content is of no known type.' : `The content is of the type ${found}.`;
  const remedy =
    found === 'cfb'
      ? 'That is an old Office file (DOC, XLS), or one with a password: save it as DOCX or XLSX without a password.'
      : `These are taken: ${names.join(', ')}.`;
  throw refused('file-type-not-allowed', `${what} ${remedy}`);
}

function endsProperly(kind: 'pdf' | 'png' | 'jpg' | 'webp', head: Buffer, tail: Buffer, size: number): boolean {
  switch (kind) {
    case 'pdf':
      return tail.subarray(-PDF_TAIL).includes('%%EOF');
    case 'png':
      return tail.subarray(-12).equals(Buffer.from('0000000049454e44ae426082', 'hex'));
    case 'webp':
      return head.length >= 12 && Math.abs(head.readUInt32LE(4) + 8 - size) <= 1;
    case 'jpg':
      return true; // cameras write previews and notes behind the end
  }
}

/** The dictionary that names the encryption is never compressed itself. */
async function isEncrypted(file: FileHandle, size: number): Promise<boolean> {
  const key = /\/Encrypt[\s<]/;
  const overlap = 16;
  for (let from = 0; from < size; from += PIECE) {
    const piece = await bytes(file, from, Math.min(PIECE + overlap, size - from));
    if (key.test(piece.toString('latin1'))) return true;
  }
  return false;
}

async function bytes(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
