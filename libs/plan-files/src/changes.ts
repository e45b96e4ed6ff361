/** One thing that an import created, changed or retired. Field names only: values may be personal. */
export interface Change {
  readonly what: string;
  readonly key: string;
  readonly change: 'added' | 'changed' | 'retired';
  readonly fields: readonly string[];
}

type Row = Readonly<Record<string, unknown>>;

/** Fields of `wanted` that differ from `stored`. Dates compare by their moment, everything else by its JSON. */
export function differing(stored: Row, wanted: Row): string[] {
  return Object.keys(wanted).filter((field) => canonical(stored[field]) !== canonical(wanted[field]));
}

function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** What to write so that the stored rows become the wanted ones, by key, and how to tell it. */
export function compareRows<Wanted extends Row>(
  what: string,
  stored: ReadonlyMap<string, Row>,
  wanted: ReadonlyMap<string, Wanted>,
): { added: Wanted[]; changed: { row: Wanted; fields: string[] }[]; retired: string[]; changes: Change[] } {
  const added = [...wanted].filter(([key]) => !stored.has(key));
  const changed = [...wanted].flatMap(([key, row]) => {
    const before = stored.get(key);
    const fields = before ? differing(before, row) : [];
    return fields.length > 0 ? [{ key, row, fields }] : [];
  });
  const retired = [...stored.keys()].filter((key) => !wanted.has(key));
  return {
    added: added.map(([, row]) => row),
    changed,
    retired,
    changes: [
      ...added.map(([key]) => ({ what, key, change: 'added' as const, fields: [] })),
      ...changed.map(({ key, fields }) => ({ what, key, change: 'changed' as const, fields })),
      ...retired.map((key) => ({ what, key, change: 'retired' as const, fields: [] })),
    ],
  };
}
