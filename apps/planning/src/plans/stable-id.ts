import { nameBasedId } from '#contracts';

/**
 * The same kind and key give the same id on every machine, so an import into an empty database, or links made before a restore, still meet the same
 * rows.
 */
export function stableId(kind: string, ...key: readonly string[]): string {
  return nameBasedId('dondoc', kind, ...key);
}
