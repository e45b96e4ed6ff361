import { z } from 'zod';
import { remedyOf } from './key.js';
import type { ServiceEnv } from './schemas.js';

/** The environment does not fit the schema. The message names every bad key and its remedy and never contains a value. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/**
 * Reads what a process needs from its environment, once, at boot. An empty value counts as absent.
 * @throws EnvironmentError naming every key that is missing or not valid, with its remedy
 */
export function loadEnv<Schema extends z.ZodObject>(
  schema: Schema,
  source: Readonly<Record<string, string | undefined>> = process.env,
): Readonly<z.output<Schema>> {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return everyKey(schema, parsed.data);
  const keys = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
  const lines = keys.map((key) => `  ${key} is ${key in given ? 'not valid' : 'missing'}: ${remedyOf(schema.shape[key])}`);
  throw new EnvironmentError(
    `This process cannot start with its environment:\n${lines.join('\n')}\nEvery key is explained in .env.example.`,
  );
}

/** Keys that were left out stand there as undefined, so that {@link Env} can tell them from keys of another process. */
function everyKey<Schema extends z.ZodObject>(schema: Schema, values: z.output<Schema>): Readonly<z.output<Schema>> {
  const absent = Object.fromEntries(Object.keys(schema.shape).map((key) => [key, undefined]));
  return Object.freeze({ ...absent, ...values });
}

/**
 * The environment of the running process, injected. The type parameter says which schema the process was started with.
 * A test makes one with `new Env(loadEnv(serviceEnv, { DATABASE_URL: … }))`.
 * @example `constructor(env: Env<NotificationsEnv>) { this.connections = env.get('SMTP_CONNECTIONS'); }`
 */
export class Env<Values extends object = ServiceEnv> {
  constructor(private readonly values: Values) {}

  get<Key extends keyof Values & string>(key: Key): Values[Key] {
    if (!(key in this.values)) {
      throw new Error(`${key} is not part of this process's environment: give ConfigModule.forService the schema that has it`);
    }
    return this.values[key];
  }
}
