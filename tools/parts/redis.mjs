import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { freePort } from './ports.mjs';

const managers = [
  {
    command: 'apt-get',
    steps: [
      ['apt-get', 'update', '-qq'],
      ['apt-get', 'install', '-y', '-qq', 'redis-server'],
    ],
  },
  { command: 'dnf', steps: [['dnf', 'install', '-y', 'redis']] },
  { command: 'apk', steps: [['apk', 'add', 'redis']] },
  { command: 'brew', steps: [['brew', 'install', 'redis']] },
];

const exists = (/** @type {string} */ command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

/** Path of a server on this machine, or undefined. */
export function findRedis() {
  return ['redis-server', 'valkey-server'].find(exists);
}

/**
 * The server's command; installs it with the system's package manager where that is allowed (root or password-less sudo).
 * @param {(message: string) => void} tell
 * @throws {Error} with the exact command to type
 */
export function requireRedis(tell) {
  const found = findRedis();
  if (found) return found;
  const manager = managers.find(({ command }) => exists(command));
  const isRoot = process.getuid?.() === 0;
  const sudo = isRoot || manager?.command === 'brew' ? [] : ['sudo', '-n'];
  const typed = manager?.steps.map((step) => [...(isRoot || manager.command === 'brew' ? [] : ['sudo']), ...step].join(' ')).join(' && ');
  const allowed = manager && (sudo.length === 0 || (exists('sudo') && spawnSync('sudo', ['-n', 'true']).status === 0));
  if (!manager || !allowed) {
    throw new Error(
      `Redis is needed and is not installed. Type:\n\n    ${typed ?? 'install redis-server with the package manager of your system'}\n\nor set REDIS_URL to a Redis that you have.`,
    );
  }
  tell(`installing Redis: ${typed}`);
  for (const step of manager.steps) {
    const [command, ...args] = [...sudo, ...step];
    // The package would start a server of the system's; we want only the program.
    execFileSync(/** @type {string} */ (command), args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    });
  }
  const installed = findRedis();
  if (!installed) throw new Error(`Redis was installed but is not on the PATH. Type: ${typed}`);
  return installed;
}

/**
 * A private Redis on the loopback: nothing evicted, everything appended to disk.
 * @param {{ folder: string, port?: number, durable?: boolean, tell?: (message: string) => void }} options
 * @returns {Promise<{ url: string, stop: () => Promise<void>, pid: number }>}
 */
export async function startRedis({ folder, port, durable = true, tell = () => undefined }) {
  const command = requireRedis(tell);
  const chosen = port ?? (await freePort());
  mkdirSync(folder, { recursive: true });
  const child = spawn(
    command,
    [
      '--port',
      String(chosen),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--appendonly',
      durable ? 'yes' : 'no',
      '--appendfsync',
      'everysec',
      '--save',
      '',
      '--maxmemory-policy',
      'noeviction',
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  let said = '';
  child.stdout.on('data', (chunk) => (said = (said + chunk).slice(-4000)));
  child.stderr.on('data', (chunk) => (said = (said + chunk).slice(-4000)));
  const until = Date.now() + 10_000;
  while (!(await answers(chosen))) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`Redis did not start on port ${chosen}:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return {
    url: `redis://127.0.0.1:${chosen}`,
    pid: child.pid ?? 0,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

/** @param {number} port @returns {Promise<boolean>} */
function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(500, () => socket.destroy());
    socket.on('data', (data) => {
      resolve(data.toString().startsWith('+PONG'));
      socket.destroy();
    });
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
  });
}
