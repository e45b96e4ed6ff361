/*
 * One PostgreSQL and one Redis for a test run, on free ports, in a folder of their own. Jest calls this once per project; the first call does the work.
 * What the workers need to know is in an environment variable, which they inherit.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { buildWhenStale } from '../../../tools/parts/build.mjs';
import { startPostgres } from '../../../tools/parts/postgres.mjs';
import { startRedis } from '../../../tools/parts/redis.mjs';
import { databaseServices, root } from '../../../tools/parts/services.mjs';

async function start() {
  const folder = await mkdtemp(join(tmpdir(), 'dondoc-test-'));
  await chmod(folder, 0o711); // PostgreSQL runs under an account of its own when we are root, and must get through
  const [postgres, redis] = await Promise.all([
    startPostgres({ folder: join(folder, 'postgres', 'data'), password: 'test', durable: false, persistent: false }),
    startRedis({ folder: join(folder, 'redis'), durable: false, tell: (message) => process.stderr.write(`${message}\n`) }),
  ]);
  globalThis.__dondocStack = { folder, postgres, redis };
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query('CREATE DATABASE dondoc_template');
  await admin.end();
  const passwords = Object.fromEntries(databaseServices.map((service) => [service, randomBytes(12).toString('hex')]));
  // In a process of its own: the schema engine leaves timers behind that would hold this one for seconds after the last test.
  await promisify(execFile)(process.execPath, [join(root, 'tools/migrate.mjs')], {
    env: {
      ...process.env,
      DATABASE_URL: postgres.url.replace(/postgres$/, 'dondoc_template'),
      ...Object.fromEntries(databaseServices.map((service) => [`DB_PASSWORD_${service.toUpperCase()}`, passwords[service]])),
    },
  });
  process.env.DONDOC_TEST_STACK = JSON.stringify({ adminUrl: postgres.url, redisUrl: redis.url, passwords });
}

/** @param {unknown} _run @param {{ displayName?: { name: string } }} project */
export default async function globalSetup(_run, project) {
  if (project.displayName?.name === 'e2e') buildWhenStale(); // these tests run what is built
  globalThis.__dondocStarting ??= start();
  await globalThis.__dondocStarting;
}
