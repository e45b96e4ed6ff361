import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { buildWhenStale } from '../tools/parts/build.mjs';
import { migrateAll, serviceUrl } from '../tools/parts/migrations.mjs';
import { startPostgres } from '../tools/parts/postgres.mjs';
import { startRedis } from '../tools/parts/redis.mjs';
import { databaseServices, root } from '../tools/parts/services.mjs';

/** PostgreSQL and Redis as `npm start` runs them (durable), in a folder that is removed afterwards. */
export async function startStack() {
  buildWhenStale();
  const folder = await mkdtemp(join(tmpdir(), 'dondoc-bench-'));
  await chmod(folder, 0o755); // run as root, PostgreSQL becomes a user of its own and must get in
  const postgres = await startPostgres({ folder: join(folder, 'postgres', 'data'), password: 'bench', persistent: false });
  const redis = await startRedis({ folder: join(folder, 'redis') });
  const passwords = Object.fromEntries(databaseServices.map((service) => [service, randomBytes(9).toString('hex')]));
  await migrateAll(postgres.url, passwords);
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  return {
    admin,
    redisUrl: redis.url,
    url: (/** @type {string} */ service) => serviceUrl(postgres.url, service, passwords[service] ?? ''),
    stop: async () => {
      await admin.end();
      await Promise.all([postgres.stop(), redis.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The accepting mail server, in a process of its own. */
export async function startSink() {
  const child = fork(join(root, 'bench/sink.mjs'));
  const once = () => new Promise((resolve) => child.once('message', resolve));
  const { port } = /** @type {{ port: number }} */ (await once());
  return {
    url: `smtp://127.0.0.1:${port}`,
    /** @returns {Promise<{ accepted: number, last: number }>} */
    count: () => {
      const answer = once();
      child.send('count');
      return /** @type {Promise<any>} */ (answer);
    },
    reset: () => child.send('reset'),
    stop: () => child.disconnect(),
  };
}

/** @param {{ count: () => Promise<{ accepted: number, last: number }> }} sink @param {number} wanted @param {number} within real milliseconds */
export async function untilAccepted(sink, wanted, within) {
  const end = Date.now() + within;
  for (;;) {
    const state = await sink.count();
    if (state.accepted >= wanted) return state;
    if (Date.now() > end) throw new Error(`the mail server took ${state.accepted} of ${wanted} mails within ${within} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export const rate = (/** @type {number} */ count, /** @type {number} */ milliseconds) => Math.round((count * 1000) / milliseconds);
