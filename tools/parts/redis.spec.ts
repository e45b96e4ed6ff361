import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MODULE = join(import.meta.dirname, 'redis.mjs');
/** An account without rights, where the test itself runs as root. */
const NOBODY = 65_534;

let bin: string;

beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'dondoc-path-'));
  chmodSync(bin, 0o777);
  symlinkSync('/bin/sh', join(bin, 'sh'));
});
afterEach(() => {
  rmSync(bin, { recursive: true });
});

/** Puts a command on the PATH of the machine that is played. */
function command(name: string, script: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

function requireRedis(options: { uid?: number } = {}): { said: string; status: number | null } {
  const program = `import(${JSON.stringify(MODULE)}).then((m) => console.log('uses ' + m.requireRedis(console.log))).catch((e) => { console.log(e.message); process.exitCode = 1; })`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', program], { env: { PATH: bin }, encoding: 'utf8', ...options });
  return { said: stdout + stderr, status };
}

describe('a machine', () => {
  it.each(['redis-server', 'valkey-server'])('that has %s uses it', (name) => {
    command(name, 'exit 0');
    expect(requireRedis()).toMatchObject({ said: `uses ${name}\n`, status: 0 });
  });

  it('without one gets it from its package manager where that is allowed', () => {
    // Plays a package manager that keeps what it was told and installs what is asked for.
    command(
      'apt-get',
      `echo "$@" >> ${bin}/told\n[ "$1" = install ] && : > ${bin}/redis-server && /bin/chmod +x ${bin}/redis-server\nexit 0`,
    );
    command('sudo', 'shift; [ "$1" = true ] || exec "$@"');
    expect(requireRedis()).toMatchObject({ said: expect.stringContaining('uses redis-server'), status: 0 });
    expect(readFileSync(join(bin, 'told'), 'utf8')).toBe('update -qq\ninstall -y -qq redis-server\n');
  });

  it('whose user may not install anything is told the command to type', () => {
    command('apt-get', `: > ${bin}/told`);
    command('sudo', 'exit 1');
    const { said, status } = requireRedis(process.getuid?.() === 0 ? { uid: NOBODY } : {});
    expect(status).toBe(1);
    expect(said).toContain('sudo apt-get update -qq && sudo apt-get install -y -qq redis-server');
    expect(said).toContain('REDIS_URL');
    expect(() => readFileSync(join(bin, 'told'))).toThrow('ENOENT');
  });

  it('without any package manager that we know is told what is needed', () => {
    expect(requireRedis()).toMatchObject({ status: 1, said: expect.stringContaining('install redis-server') });
  });
});
