import { z } from 'zod';
import { DomainError } from '#contracts';

/**
 * A keyset page: one row more than asked for is read to know whether there is a next page, and the cursor is the key of the last row shown.
 * @param load reads up to `limit` rows after the cursor, in key order
 * @param key the form of keys; what does not have it was never a cursor of this list
 * @throws DomainError `invalid-request` for a cursor that is none
 */
export async function pageOf<Item>(
  ask: { readonly limit: number; readonly after?: string | undefined },
  load: (limit: number, after: string | undefined) => Promise<Item[]>,
  keyOf: (item: Item) => string,
  key: z.ZodType<string> = z.uuid(),
): Promise<{ items: Item[]; next: string | null }> {
  const rows = await load(ask.limit + 1, ask.after === undefined ? undefined : keyIn(ask.after, key));
  const items = rows.slice(0, ask.limit);
  const last = items.at(-1);
  return { items, next: rows.length > ask.limit && last !== undefined ? Buffer.from(keyOf(last)).toString('base64url') : null };
}

function keyIn(cursor: string, form: z.ZodType<string>): string {
  const key = form.safeParse(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (key.success) return key.data;
  throw new DomainError('invalid-request', 'This is no cursor: give "after" what the page before answered as "next".', [
    { path: 'after', message: 'is no cursor' },
  ]);
}
