import { z } from 'zod';

/** What a key of the environment is for, in words that both the boot error and `.env.example` use. */
interface Meaning {
  /** What the value decides. */
  readonly description: string;
  /** What to set, as an imperative sentence. */
  readonly remedy: string;
  /** A value that works on one machine. Secrets have none. */
  readonly example?: string;
}

const meanings = z.registry<Meaning>();

/** Declares a key: the schema of its text, and its meaning. */
export function key<Schema extends z.ZodType>(schema: Schema, meaning: Meaning): Schema {
  meanings.add(schema, meaning);
  return schema;
}

export function meaningOf(schema: unknown): Meaning {
  const meaning = schema instanceof z.ZodType ? meanings.get(schema) : undefined;
  if (!meaning) throw new Error('a key of the environment is declared with key(schema, meaning)');
  return meaning;
}

export function remedyOf(schema: unknown): string {
  return meaningOf(schema).remedy;
}
