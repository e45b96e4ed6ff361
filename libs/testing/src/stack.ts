import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Service } from '#contracts';

interface Running {
  readonly adminUrl: string;
  readonly redisUrl: string;
  readonly passwords: Readonly<Record<string, string>>;
}

/** A database of its own, cloned from the migrated template, and a prefix of its own in Redis: tests do not see each other. */
export interface TestStack {
  /** Login of one service: its schema and nothing else. */
  databaseUrl(service: Service | (string & {})): string;
  readonly adminUrl: string;
  readonly redisUrl: string;
  readonly prefix: string;
  dispose(): Promise<void>;
}

function running(): Running {
  const text = process.env['DONDOC_TEST_STACK'];
  if (text === undefined)
    throw new Error('no test stack: name the file *.int-spec.ts or *.e2e-spec.ts, so that jest starts PostgreSQL and Redis for it');
  return JSON.parse(text) as Running;
}

async function asAdmin(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

export async function testStack(): Promise<TestStack> {
  const { adminUrl, redisUrl, passwords } = running();
  const name = `dondoc_${randomBytes(6).toString('hex')}`;
  await cloneWithPatience(adminUrl, name);
  const own = new URL(adminUrl);
  own.pathname = `/${name}`;
  return {
    databaseUrl: (service) => {
      const url = new URL(own);
      url.username = `dondoc_${service}`;
      url.password = passwords[service] ?? '';
      return url.href;
    },
    adminUrl: own.href,
    redisUrl,
    prefix: `{${name.replaceAll('_', '-')}}`,
    dispose: () => asAdmin(adminUrl, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
  };
}

async function cloneWithPatience(adminUrl: string, name: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await asAdmin(adminUrl, `CREATE DATABASE "${name}" TEMPLATE dondoc_template`);
      return;
    } catch (error) {
      if (attempt === 50 || !(error instanceof Error) || !error.message.includes('being accessed')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
