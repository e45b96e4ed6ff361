import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';

/*
 * Sealed values: personal data (a person's name, phone, e-mail address) that must cross a queue. The codec encrypts on the way out and
 * opens in the consumer, so Redis, logs, dead letters and queue pages show ciphertext (AES-256-GCM, a fresh nonce per value).
 *
 * Not here: rotation by key id beyond the two keys below, and storage at rest: a service's own tables hold what it needs in clear.
 */

const PREFIX = 'sealed.1.';
/** What a sealed value looks like on the way; the same object in every codec, so that a codec is known by it. */
const wire = z.string().startsWith(PREFIX);
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

let keys: readonly Buffer[] = [];

/**
 * Gives the process its keys, at boot and once. The first seals; all of them open, so that a key can be replaced without downtime.
 * @param base64Keys 32 bytes each, base64
 * @throws Error when a key has another length; the message never contains the key
 */
export function useSealingKeys(base64Keys: readonly string[]): void {
  const parsed = base64Keys.map((key) => Buffer.from(key, 'base64'));
  if (parsed.length === 0 || parsed.some((key) => key.length !== 32)) {
    throw new Error(
      'SEAL_KEY must hold one or more keys of 32 bytes in base64, separated by commas; make one with: openssl rand -base64 32',
    );
  }
  keys = parsed;
}

function seal(plain: string): string {
  const [key] = keys;
  if (!key) throw new Error('no sealing key: call useSealingKeys at boot');
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return PREFIX + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

function open(sealedText: string): string | undefined {
  const bytes = Buffer.from(sealedText.slice(PREFIX.length), 'base64url');
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  for (const key of keys) {
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAuthTag(tag);
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
    } catch {
      continue; // sealed with the other key, or forged: the caller reports it when no key opens it
    }
  }
  return undefined;
}

/**
 * A text that travels encrypted. `z.encode` seals, `parse` opens; a value that no key opens is an invalid payload and never retried.
 * @example contacts: z.array(z.object({ id: id(), email: sealed(z.email()) }))
 */
export function sealed(inner: z.ZodType<string, string>) {
  return z.codec(wire, inner, {
    decode: (wire, context): string => {
      const plain = open(wire);
      if (plain === undefined) {
        context.issues.push({
          code: 'custom',
          input: wire,
          message: 'sealed with a key this service does not have, or altered on the way',
        });
        return z.NEVER;
      }
      return plain;
    },
    encode: (plain): string => seal(plain),
  });
}

/**
 * The same schema for whoever says things in the clear, such as a caller over HTTP: where it has a sealed value it takes the text that is inside. Looks into
 * objects, lists, alternatives and what may be left out; a schema without sealed values stays itself.
 */
export function opened<Schema extends z.core.$ZodType>(schema: Schema): Schema {
  const def = schema._zod.def as unknown as Record<string, unknown>;
  if (def.in === wire) return def.out as Schema;
  const parts = Object.fromEntries(
    ['innerType', 'element', 'valueType', 'options', 'shape'].flatMap((name) => {
      const part = openedPart(def[name]);
      return part === def[name] ? [] : [[name, part]];
    }),
  );
  return Object.keys(parts).length === 0 ? schema : z.core.clone(schema, { ...schema._zod.def, ...parts });
}

/** A part of a definition: a schema, several in a row, or several by name. */
function openedPart(part: unknown): unknown {
  if (part instanceof z.core.$ZodType) return opened(part);
  if (typeof part !== 'object' || part === null) return part;
  const entries = Object.entries(part).map(([name, inner]) => [name, openedPart(inner)] as const);
  if (entries.every(([name, inner]) => inner === (part as Record<string, unknown>)[name])) return part;
  return Array.isArray(part) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}
