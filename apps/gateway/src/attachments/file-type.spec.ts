import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import {
  docx,
  jpeg,
  macroTypes,
  pdf,
  pdfOf,
  png,
  SHEET,
  slideTypes,
  webp,
  WORD,
  wordTypes,
  zip,
} from '../../../../test/attachments/files.js';
import { temporaryFolder } from '../../../../test/attachments/stores.js';
import { mediaTypeOf } from './file-type.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.dispose());

async function look(bytes: Buffer, fileName: string): Promise<string> {
  const path = join(folder.path, 'file');
  await writeFile(path, bytes);
  return mediaTypeOf({ path, size: bytes.length, sha256: '' }, fileName).catch((error: unknown) =>
    error instanceof Error && 'fault' in error ? (error.fault as { code: string }).code : String(error),
  );
}

async function workbook(rows: number): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Số liệu');
  for (let row = 0; row < rows; row += 1) sheet.addRow([row, `Sản phẩm ${String(row * 7919)}`, Math.sqrt(row)]);
  return Buffer.from(await book.xlsx.writeBuffer());
}

const part = (name: string, more: { flags?: number; claims?: number; text?: string } = {}) => ({ name, text: 'x', ...more });

describe('the type of a file', () => {
  it('is what its content says', async () => {
    expect([
      await look(pdf(), 'Báo cáo.pdf'),
      await look(pdfOf(3_000_000), 'lớn.PDF'),
      await look(docx(), 'Tờ trình.docx'),
      await look(await workbook(10), 'Số liệu.xlsx'),
      await look(await workbook(40_000), 'Số liệu lớn.xlsx'),
      await look(png(), 'ảnh.png'),
      await look(jpeg(), 'ảnh.jpg'),
      await look(jpeg(), 'ảnh.JPEG'),
      await look(webp(), 'ảnh.webp'),
    ]).toEqual(['application/pdf', 'application/pdf', WORD, SHEET, SHEET, 'image/png', 'image/jpeg', 'image/jpeg', 'image/webp']);
  });

  it.each([
    ['a picture called a document', png(), 'Báo cáo.pdf'],
    ['a document called a workbook', docx(), 'Số liệu.xlsx'],
    ['a name without an ending', pdf(), 'Báo cáo'],
    ['a name with two endings', pdf(), 'Báo cáo.pdf.exe'],
  ])('must be that of its name: %s', async (_what, bytes, name) => {
    expect(await look(bytes, name)).toBe('file-type-mismatch');
  });

  it('is told with that of the name', async () => {
    const path = join(folder.path, 'named');
    await writeFile(path, png());
    await expect(mediaTypeOf({ path, size: png().length, sha256: '' }, 'a.pdf')).rejects.toThrow(/"\.pdf".*PNG picture.*\.png/);
  });
});

describe('a file is refused', () => {
  it.each<[string, Buffer, string, string]>([
    ['a program', Buffer.from('MZ\x90\x00\x03\x00\x00\x00'.padEnd(200, '\0'), 'latin1'), 'a.pdf', 'file-type-not-allowed'],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'), 'a.pdf', 'file-type-not-allowed'],
    ['a drawing with scripts', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'a.png', 'file-type-not-allowed'],
    ['a single byte', Buffer.from('x'), 'a.pdf', 'file-type-not-allowed'],
    ['an old Office file', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1000)]), 'a.docx', 'file-type-not-allowed'],
    ['a plain archive', zip(part('a.txt')), 'a.docx', 'file-type-not-allowed'],
    ['slides', zip(slideTypes), 'a.docx', 'file-type-not-allowed'],
    ['an empty archive', zip(), 'a.docx', 'file-type-not-allowed'],
    ['macros by type', zip(macroTypes), 'a.docx', 'file-with-macros'],
    ['macros by part', docx(part('word/vbaProject.bin')), 'a.docx', 'file-with-macros'],
    ['an encrypted part', docx(part('word/secret.xml', { flags: 1 })), 'a.docx', 'file-encrypted'],
    ['a bomb', docx(part('word/big.xml', { claims: 600 * 1024 * 1024 })), 'a.docx', 'file-expands'],
    ['two types of one document', docx(wordTypes), 'a.docx', 'file-damaged'],
    ['a document cut off', docx().subarray(0, -30), 'a.docx', 'file-damaged'],
    ['a document with a tail', Buffer.concat([docx(), Buffer.from('MZ')]), 'a.docx', 'file-damaged'],
    ['a document behind another archive', Buffer.concat([zip(part('a')), docx()]), 'a.docx', 'file-damaged'],
    ['types that unpack without end', zip({ name: '[Content_Types].xml', text: ' '.repeat(3_000_000) }), 'a.docx', 'file-damaged'],
    ['a PDF cut off', pdfOf(5000).subarray(0, 4000), 'a.pdf', 'file-damaged'],
    ['a PDF with a password', pdf('x', '/Encrypt 5 0 R'), 'a.pdf', 'file-encrypted'],
    [
      'a PDF with a password, deep inside',
      Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(65_520, 'x'), pdf('x', '/Encrypt 5 0 R')]),
      'a.pdf',
      'file-encrypted',
    ],
    ['a PDF that is an archive', Buffer.concat([pdf(), zip(part('a.class'))]), 'a.pdf', 'file-polyglot'],
    ['a picture that is an archive', Buffer.concat([jpeg(), zip(part('a.class'))]), 'a.jpg', 'file-polyglot'],
    ['a picture that is a PDF', Buffer.concat([jpeg(), pdf()]), 'a.jpg', 'file-polyglot'],
    ['a picture with a tail', Buffer.concat([png(), Buffer.from('<?php')]), 'a.png', 'file-damaged'],
    ['a WebP picture with a tail', Buffer.concat([webp(), Buffer.from('<?php')]), 'a.webp', 'file-damaged'],
  ])('%s', async (_what, bytes, name, code) => {
    expect(await look(bytes, name)).toBe(code);
  });

  it('whatever its bytes are: noise never breaks the look', async () => {
    const starts = [pdf(), docx(), png(), jpeg(), webp()];
    for (let round = 0; round < 200; round += 1) {
      const bytes = Buffer.from(starts[round % starts.length]!);
      // A fixed sequence, so that what is found once is found again.
      for (let hit = 0; hit < 3; hit += 1) bytes[(round * 7919 + hit * 104_729) % bytes.length] = (round * 31 + hit * 17) % 256;
      expect(await look(bytes.subarray(0, bytes.length - (round % 7)), 'a.pdf')).toMatch(/^(file-[a-z-]+|application\/pdf)$/);
    }
  });
});
