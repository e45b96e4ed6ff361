/*
 * Keeps one part (PostgreSQL, Redis, the mailbox) in a process group of its own: Ctrl-C does not reach it, so the launcher ends the services first;
 * and it ends when the launcher is gone, however that ended. Run by itself this file is the kept side.
 */
import { fork } from 'node:child_process';

/**
 * @param {'postgres' | 'redis' | 'catcher'} part @param {object} options of its starter @param {(message: string) => void} [tell]
 * @returns {Promise<Record<string, any> & { stop: () => Promise<void> }>} what the starter tells, with a stop of its own
 */
export async function keep(part, options, tell = () => undefined) {
  const child = fork(import.meta.filename, [part, JSON.stringify(options)], {
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const told = await new Promise((resolve, reject) => {
    child.on('message', (/** @type {any} */ message) => {
      if (message.tell) tell(message.tell);
      else if (message.error) reject(new Error(message.error));
      else resolve(message.ready);
    });
    child.once('exit', (code) => reject(new Error(`${part} ended while it started (code ${code})`)));
  });
  return {
    ...told,
    stop: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

const starters = {
  postgres: async () => (await import('./postgres.mjs')).startPostgres,
  redis: async () => (await import('./redis.mjs')).startRedis,
  catcher: async () => (await import('./catcher.mjs')).startCatcher,
};

if (process.argv[1] === import.meta.filename && process.send) {
  const [part, options] = process.argv.slice(2);
  const say = (/** @type {object} */ message) => process.send?.(message);
  try {
    const start = await starters[/** @type {keyof typeof starters} */ (part)]();
    const { stop, ...ready } = await start({
      ...JSON.parse(options ?? '{}'),
      tell: (/** @type {string} */ message) => say({ tell: message }),
    });
    process.once('disconnect', () => void stop().finally(() => process.exit(0)));
    say({ ready });
  } catch (error) {
    say({ error: /** @type {Error} */ (error).message });
    process.disconnect?.();
  }
}
