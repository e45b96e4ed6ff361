import { createHash } from 'node:crypto';

/**
 * A name-based UUID (version 8, RFC 9562): the same kind and key give the same id on every machine, so an import into an empty database, or links made
 * before a restore, still meet the same rows.
 */
export function stableId(kind: string, ...key: readonly string[]): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify(['dondoc', kind, ...key]))
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
