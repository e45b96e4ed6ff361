/**
 * A keyset page: one row more than asked for is read to know whether there is a next page, and the cursor is the key of the last row shown.
 * @param load reads up to `limit` rows after the cursor, in key order
 */
export async function pageOf<Item>(
  ask: { readonly limit: number; readonly after?: string | undefined },
  load: (limit: number, after: string | undefined) => Promise<Item[]>,
  keyOf: (item: Item) => string,
): Promise<{ items: Item[]; next: string | null }> {
  const after = ask.after === undefined ? undefined : Buffer.from(ask.after, 'base64url').toString('utf8');
  const rows = await load(ask.limit + 1, after);
  const items = rows.slice(0, ask.limit);
  const last = items.at(-1);
  return { items, next: rows.length > ask.limit && last !== undefined ? Buffer.from(keyOf(last)).toString('base64url') : null };
}
