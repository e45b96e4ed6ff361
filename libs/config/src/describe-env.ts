import type { z } from 'zod';
import { meaningOf } from './key.js';
import { gatewayEnv, notificationsEnv, serviceEnv } from './schemas.js';

/** One key of the environment, as the documentation shows it. */
export interface EnvKey {
  readonly key: string;
  /** Processes that read it. */
  readonly readBy: readonly string[];
  readonly required: boolean;
  readonly description: string;
  readonly remedy: string;
  /** Value in `.env.example`: the default, else the example, else empty (secrets). */
  readonly value: string;
}

const processes: readonly (readonly [string, z.ZodObject])[] = [
  ['planning', serviceEnv],
  ['training', serviceEnv],
  ['ceremony', serviceEnv],
  ['notifications', notificationsEnv],
  ['gateway', gatewayEnv],
];

/** Every key that any process reads, in the order of declaration. */
export function describeEnv(): readonly EnvKey[] {
  const schemas = new Map(processes.flatMap(([, schema]) => Object.entries<z.ZodType>(schema.shape)));
  return [...schemas].map(([key, schema]) => {
    const { description, remedy, example } = meaningOf(schema);
    const empty = schema.safeParse(undefined);
    const fallback = typeof empty.data === 'string' || typeof empty.data === 'number' ? String(empty.data) : undefined;
    return {
      key,
      readBy: processes.filter(([, { shape }]) => key in shape).map(([process]) => process),
      required: !empty.success,
      description,
      remedy,
      value: fallback ?? example ?? '',
    };
  });
}

/** The text of `.env.example`: required keys stand uncommented, the others show their default. */
export function envExample(): string {
  const entries = describeEnv().map(({ key, readBy, required, description, remedy, value }) => {
    const readers = readBy.length === processes.length ? 'every process' : readBy.join(', ');
    return [
      `# ${description} (${readers}; ${required ? 'required' : 'optional'})`,
      `# ${remedy}`,
      `${required ? '' : '# '}${key}=${value}`,
    ].join('\n');
  });
  return `# What each process reads, made from libs/config by npm run docs. npm start sets all of it; docker compose needs a few keys in .env: see the\n# first lines of docker-compose.yml.\n\n${entries.join('\n\n')}\n`;
}
