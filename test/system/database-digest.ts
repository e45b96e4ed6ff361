import pg from 'pg';

/** Runs of schedules go on whatever anybody sends; finished messages leave the outbox by themselves, so there only what is new counts. */
const TECHNICAL = ['schedule_run', 'outbox'];

export interface DatabaseDigest {
  /** By `schema.table`. */
  readonly tables: Readonly<Record<string, string>>;
  readonly outbox: ReadonlySet<string>;
}

/** What every table of every service holds, as a digest over all rows and columns. */
export async function databaseDigest(adminUrl: string): Promise<DatabaseDigest> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const found = await client.query<{ schema: string; name: string }>(
      `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
       WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2`,
    );
    const tables: Record<string, string> = {};
    const outbox = new Set<string>();
    for (const { schema, name } of found.rows) {
      if (name === 'outbox') {
        const { rows } = await client.query<{ id: string }>(`SELECT id FROM "${schema}"."${name}"`);
        for (const { id } of rows) outbox.add(id);
      }
      if (TECHNICAL.includes(name)) continue;
      const { rows } = await client.query<{ digest: string }>(
        `SELECT count(*) || ' ' || md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) AS digest FROM "${schema}"."${name}" t`,
      );
      tables[`${schema}.${name}`] = rows[0]?.digest ?? '';
    }
    return { tables, outbox };
  } finally {
    await client.end();
  }
}

/** Tables that differ, and messages that came into being meanwhile. */
export function changesBetween(before: DatabaseDigest, after: DatabaseDigest): string[] {
  const names = new Set([...Object.keys(before.tables), ...Object.keys(after.tables)]);
  return [
    ...[...names].filter((name) => before.tables[name] !== after.tables[name]),
    ...[...after.outbox].filter((id) => !before.outbox.has(id)).map((id) => `outbox: ${id}`),
  ];
}
