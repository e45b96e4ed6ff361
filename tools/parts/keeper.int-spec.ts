import { fork, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '#testing';

const KEEPER = join(import.meta.dirname, 'keeper.mjs');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dondoc-keeper-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Plays a launcher that keeps a Redis. @returns the process and the port of its Redis */
async function launcher() {
  const file = join(folder, 'launcher.mjs');
  writeFileSync(
    file,
    `import { connect } from 'node:net';
     const { keep } = await import(${JSON.stringify(KEEPER)});
     const redis = await keep('redis', { folder: ${JSON.stringify(join(folder, 'redis'))}, durable: false });
     process.on('SIGINT', () => undefined);
     process.on('message', () => {
       const stop = async (answered) => { await redis.stop(); process.send('stopped, it answered until then: ' + answered); process.disconnect(); };
       const socket = connect(new URL(redis.url).port, '127.0.0.1', () => { socket.destroy(); void stop(true); }).on('error', () => void stop(false));
     });
     process.send(redis.url);`,
  );
  const child = fork(file, { detached: true });
  const url = await new Promise<string>((resolve) => {
    child.once('message', (message: string) => {
      resolve(message);
    });
  });
  return { child, port: Number(new URL(url).port) };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).on('error', () => {
      resolve(false);
    });
  });
}

describe('a part that is kept', () => {
  it('outlives Ctrl-C, which goes to the whole group of the launcher, until the launcher stops it', async () => {
    const { child, port } = await launcher();
    const stopped = new Promise((resolve) => child.once('message', resolve));
    process.kill(-(child.pid ?? 0), 'SIGINT');
    child.send('stop');
    // It can only be stopped by the launcher when the signal did not end it before.
    await expect(stopped).resolves.toBe('stopped, it answered until then: true');
    expect(await answers(port)).toBe(false);
  });

  it('ends with a launcher that is killed', async () => {
    const { child, port } = await launcher();
    expect(await answers(port)).toBe(true);
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await eventually(async () => !(await answers(port)), { within: 5_000, describe: () => 'the kept Redis has ended' });
  });

  it('whose start fails says why', () => {
    writeFileSync(join(folder, 'occupied'), '');
    const program = `import(${JSON.stringify(KEEPER)}).then(({ keep }) => keep('redis', ${JSON.stringify({ folder: join(folder, 'occupied') })})).catch((error) => { console.log(error.message); })`;
    expect(spawnSync(process.execPath, ['-e', program], { encoding: 'utf8', timeout: 10_000 })).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('EEXIST'),
    });
  });
});
