import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parse } from 'yaml';
import { gatewayEnv, loadEnv, notificationsEnv, serviceEnv } from '#config';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

interface Service {
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}
const text = read('docker-compose.yml');
const { services } = parse(text, { merge: true }) as { services: Readonly<Record<string, Service>> };
const processes = {
  planning: serviceEnv,
  training: serviceEnv,
  ceremony: serviceEnv,
  notifications: notificationsEnv,
  gateway: gatewayEnv,
};

/** What compose makes of a value: secrets as an operator would set them, defaults as they stand. */
function filledIn(value: string): string {
  return value
    .replaceAll(/\$\{SEAL_KEY:\?[^}]*\}/g, Buffer.alloc(32, 1).toString('base64'))
    .replaceAll(/\$\{\w+:\?[^}]*\}|\$\{\w+\}/g, 'a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9b0c1d2e3f4')
    .replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')
    .replace('/app/plans', join(ROOT, 'plans'));
}

function environmentOf(name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(services[name]?.environment ?? {}).map(([key, value]) => [key, filledIn(value)]));
}

describe('docker-compose.yml', () => {
  it.each(Object.entries(processes))('starts %s with an environment that it takes', (name, schema) => {
    expect(services[name]?.command).toEqual(['node', `dist/apps/${name}/src/main.js`]);
    expect(() => loadEnv(schema, environmentOf(name))).not.toThrow();
    // The same without its Redis is refused, so the line above says something.
    expect(() => loadEnv(schema, { ...environmentOf(name), REDIS_URL: '' })).toThrow('REDIS_URL');
  });

  it('keeps Redis durable and full rather than forgetful', () => {
    const command = services['redis']?.command?.join(' ');
    expect(command).toContain('--appendonly yes');
    expect(command).toContain('--maxmemory-policy noeviction');
  });

  it('tells in its first lines how to make every secret that it asks for', () => {
    const [head = ''] = text.split('\nx-');
    const asked = [...text.matchAll(/\$\{(\w+):\?/g)].map(([, key = '']) => key);
    expect(asked.length).toBeGreaterThan(6);
    expect(asked.filter((key) => !head.includes(key))).toEqual([]);
  });
});

describe('the image', () => {
  /** Files of ours that a module needs, itself included. */
  function imported(file: string, seen = new Set<string>()): Set<string> {
    if (seen.has(file)) return seen;
    seen.add(file);
    for (const [, specifier = ''] of read(file).matchAll(/(?:from|import)\s*\(?'(\.[^']+)'/g))
      imported(join(dirname(file), specifier), seen);
    return seen;
  }

  it('has everything that its migration needs', () => {
    const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files = '']) => files.split(' '));
    const needed = [...imported('tools/migrate.mjs'), 'prisma/roles.sql', 'plans/calendar', 'package.json'];
    expect(needed.length).toBeGreaterThan(5);
    const inFinalStage = (file: string): boolean =>
      copied.some((one) => file === one.replace(/^\.\//, '') || !relative(one, file).startsWith('..'));
    expect(needed.filter((file) => !existsSync(join(ROOT, file)) || !inFinalStage(file))).toEqual([]);
  });
});
