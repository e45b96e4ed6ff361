const CENTRAL_ENTRY = 0x02014b50;
const END_OF_CENTRAL = 0x06054b50;
const END_SIZE = 22;
/** The end record may be followed by a comment of at most this many bytes. */
const LONGEST_COMMENT = 0xffff;
const CENTRAL_SIZE = 46;
const LOCAL_SIZE = 30;
/** 1 January 1980, 00:00: the beginning of time in zip files. */
const EPOCH_DATE = 0x0021;

export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  /** Bytes, as the archive says; it may lie. */
  readonly unpackedSize: number;
  readonly packed: Buffer;
  /** Where its two headers begin. */
  readonly centralAt: number;
  readonly localAt: number;
}

/**
 * The entries of a zip archive by its central directory (APPNOTE 4.3.12), without unpacking them.
 * @throws RangeError when the bytes are no such archive or are cut short
 */
export function zipEntries(zip: Buffer): ZipEntry[] {
  const end = endOfCentral(zip);
  const entries: ZipEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== CENTRAL_ENTRY) throw new RangeError('no entry where the archive promises one');
    const nameLength = zip.readUInt16LE(at + 28);
    const localAt = zip.readUInt32LE(at + 42);
    const dataAt = localAt + LOCAL_SIZE + zip.readUInt16LE(localAt + 26) + zip.readUInt16LE(localAt + 28);
    entries.push({
      name: zip.toString('utf8', at + CENTRAL_SIZE, at + CENTRAL_SIZE + nameLength),
      method: zip.readUInt16LE(at + 10),
      unpackedSize: zip.readUInt32LE(at + 24),
      packed: zip.subarray(dataAt, dataAt + zip.readUInt32LE(at + 20)),
      centralAt: at,
      localAt,
    });
    at += CENTRAL_SIZE + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

/** The same archive with every entry of one fixed time, so that the same content is the same bytes whenever it was written. Changes `zip` itself. */
export function withZipTime(zip: Buffer): Buffer {
  for (const { centralAt, localAt } of zipEntries(zip)) {
    for (const timeAt of [centralAt + 12, localAt + 10]) {
      zip.writeUInt16LE(0, timeAt);
      zip.writeUInt16LE(EPOCH_DATE, timeAt + 2);
    }
  }
  return zip;
}

function endOfCentral(zip: Buffer): number {
  for (let at = zip.length - END_SIZE; at >= Math.max(0, zip.length - END_SIZE - LONGEST_COMMENT); at -= 1) {
    if (zip.readUInt32LE(at) === END_OF_CENTRAL) return at;
  }
  throw new RangeError('no zip archive');
}
