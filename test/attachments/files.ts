import { createHash } from 'node:crypto';
import { crc32, deflateRawSync, deflateSync } from 'node:zlib';

/* Small files that are what they say, made here so that every byte is known. */

interface Part {
  readonly name: string;
  readonly text: string;
  /** Bit 0 says that the part is encrypted. */
  readonly flags?: number;
  /** What the list says it unpacks to, when that is not the truth. */
  readonly claims?: number;
}

/** An archive (APPNOTE 4.3) of deflated parts. */
export function zip(...parts: readonly Part[]): Buffer {
  const locals: Buffer[] = [];
  const listed: Buffer[] = [];
  let offset = 0;
  for (const { name, text, flags = 0, claims } of parts) {
    const [plain, label] = [Buffer.from(text), Buffer.from(name)];
    const packed = deflateRawSync(plain);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(plain), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claims ?? plain.length, 18);
    common.writeUInt16LE(label.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, label, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    listed.push(Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), Buffer.from([20, 0]), common, rest, label]));
    locals.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(listed);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, list, end]);
}

const typesOf = (main: string) => ({
  name: '[Content_Types].xml',
  text: `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/main.xml" ContentType="${main}"/></Types>`,
});
export const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
export const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const wordTypes = typesOf(`${WORD}.main+xml`);
export const macroTypes = typesOf('application/vnd.ms-word.document.macroEnabled.main+xml');
export const slideTypes = typesOf('application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml');
const body = { name: 'word/document.xml', text: '<w:document><w:t>Báo cáo</w:t></w:document>' };

export const docx = (...more: readonly Part[]): Buffer => zip(body, wordTypes, ...more);

/** @param content makes one differ from another */
export const pdf = (content = 'Báo cáo', more = ''): Buffer =>
  Buffer.from(`%PDF-1.7\n%âãÏÓ\n1 0 obj\n<</Type/Catalog>>\nendobj\n% ${content}\ntrailer\n<</Root 1 0 R${more}>>\nstartxref\n0\n%%EOF\n`);

/** A PDF of exactly so many bytes. */
export function pdfOf(size: number): Buffer {
  const [head, tail] = [Buffer.from('%PDF-1.7\n% '), Buffer.from('\n%%EOF\n')];
  return Buffer.concat([head, Buffer.alloc(size - head.length - tail.length, 'x'), tail]);
}

export function png(): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const [length, sum, named] = [Buffer.alloc(4), Buffer.alloc(4), Buffer.concat([Buffer.from(type), data])];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from([0, 255]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The frame of a JPEG: beginning, JFIF header, end. */
export const jpeg = (): Buffer => Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');

export function webp(): Buffer {
  const picture = Buffer.from('VP8L\x00\x00\x00\x00', 'latin1');
  const head = Buffer.from('RIFF\x00\x00\x00\x00WEBP', 'latin1');
  head.writeUInt32LE(4 + picture.length, 4);
  return Buffer.concat([head, picture]);
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
