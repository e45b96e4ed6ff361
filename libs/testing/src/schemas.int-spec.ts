import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { testStack, type TestStack } from './stack.js';

const PRISMA = join(import.meta.dirname, '../../../prisma');
const services = readdirSync(PRISMA, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();
const MESSAGE_TABLES = ['outbox', 'inbox', 'schedule_run'];
const pairs = services.flatMap((service) => services.filter((other) => other !== service).map((other) => [service, other] as const));

let stack: TestStack;
const clients = new Map<string, pg.Client>();

beforeAll(async () => {
  stack = await testStack();
  for (const name of [...services, 'admin']) {
    const client = new pg.Client({ connectionString: name === 'admin' ? stack.adminUrl : stack.databaseUrl(name) });
    await client.connect();
    clients.set(name, client);
  }
});
afterAll(async () => {
  await Promise.all([...clients.values()].map((client) => client.end()));
  await stack.dispose();
});

const as = async (who: string, sql: string): Promise<Record<string, unknown>[]> =>
  (await clients.get(who)!.query<Record<string, unknown>>(sql)).rows;
const refusal = (who: string, sql: string): Promise<unknown> =>
  as(who, sql).then(
    () => 'allowed',
    (error: unknown) => (error instanceof pg.DatabaseError ? error.code : error),
  );
const tablesOf = async (schema: string): Promise<unknown[]> =>
  (await as('admin', `SELECT tablename AS name FROM pg_tables WHERE schemaname = '${schema}' ORDER BY 1`)).map((row) => row['name']);

describe('the login of a service', () => {
  it('is there for each, with a schema and nothing beyond it', () => {
    expect(services).toEqual(['ceremony', 'notifications', 'planning', 'training']);
  });

  it.each(services)('%s owns its schema and may do there what it wants', async (service) => {
    for (const table of await tablesOf(service))
      expect(await refusal(service, `SELECT * FROM "${service}"."${String(table)}" LIMIT 0`)).toBe('allowed');
    expect(await refusal(service, 'CREATE TABLE own_table (id int); DROP TABLE own_table')).toBe('allowed');
    expect(await as(service, 'SELECT current_schema AS name')).toEqual([{ name: service }]);
  });

  it.each(pairs)('%s is refused by every table of %s, and by its schema', async (service, other) => {
    const tables = await tablesOf(other);
    expect(tables).toEqual(expect.arrayContaining(MESSAGE_TABLES));
    for (const table of tables) {
      const name = `"${other}"."${String(table)}"`;
      for (const sql of [`SELECT 1 FROM ${name}`, `DELETE FROM ${name}`, `DROP TABLE ${name}`, `GRANT ALL ON ${name} TO PUBLIC`])
        expect([sql, await refusal(service, sql)]).toEqual([sql, '42501']);
    }
    expect(await refusal(service, `CREATE TABLE "${other}".planted (id int)`)).toBe('42501');
    expect(await refusal(service, `SET ROLE dondoc_${other}`)).toBe('42501');
  });

  it.each(services)('%s is no administrator, and leaves nothing where all could read it', async (service) => {
    expect(
      await as('admin', `SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = 'dondoc_${service}'`),
    ).toEqual([{ rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolbypassrls: false }]);
    expect(await refusal(service, 'CREATE TABLE public.planted (id int)')).toBe('42501');
    expect(await refusal(service, 'CREATE SCHEMA planted')).toBe('42501');
    expect(await refusal(service, `CREATE ROLE planted`)).toBe('42501');
  });
});

describe('the message tables', () => {
  const models = (service: string): string[] => {
    const text = readFileSync(join(PRISMA, service, 'schema.prisma'), 'utf8');
    return ['Outbox', 'Inbox', 'ScheduleRun'].map((name) => {
      const [found] = new RegExp(`(?:^///.*\\n)*^model ${name} \\{\\n[^}]*^\\}`, 'm').exec(text) ?? [];
      return found ?? `${service} has no model ${name}`;
    });
  };
  /** Everything that PostgreSQL knows of them, without the name of the schema. */
  const inDatabase = async (schema: string): Promise<unknown> => {
    const list = MESSAGE_TABLES.map((table) => `'${table}'`).join(', ');
    const queries = [
      `SELECT table_name, column_name, data_type, udt_name, is_nullable, replace(column_default, '${schema}.', '') AS fallback, datetime_precision
       FROM information_schema.columns WHERE table_schema = '${schema}' AND table_name IN (${list}) ORDER BY 1, ordinal_position`,
      `SELECT replace(indexdef, '${schema}.', '') AS index FROM pg_indexes WHERE schemaname = '${schema}' AND tablename IN (${list}) ORDER BY 1`,
      `SELECT c.relname, c.reloptions FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = '${schema}' AND c.relname IN (${list}) ORDER BY 1`,
      `SELECT replace(pg_get_triggerdef(t.oid), '${schema}.', '') AS bell, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_proc p ON p.oid = t.tgfoid WHERE n.nspname = '${schema}' AND c.relname IN (${list}) AND NOT t.tgisinternal ORDER BY 1`,
    ];
    return Promise.all(queries.map((sql) => as('admin', sql)));
  };

  it.each(services)('are the same in the schema of %s, word for word', (service) => {
    expect(models(service)).toEqual(models('planning'));
    expect(models(service).join('\n')).not.toContain('has no model');
  });

  it.each(services)('are the same in the database of %s: columns, indexes, settings and bell', async (service) => {
    const found = await inDatabase(service);
    expect(found).toEqual(await inDatabase('planning'));
    expect(found).not.toContainEqual([]);
  });
});
