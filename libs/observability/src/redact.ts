import { types } from 'node:util';

/** What stands in place of a value that must not be written. */
const HIDDEN = '[redacted]';

/** Keys whose value is personal or secret wherever they occur; compared in lower case, as the end of the key. */
const SECRET_KEY =
  /(email|mail_?to|phone|full_?name|person_?name|contact_?name|display_?name|authorization|cookie|token|password|secret|yaml|seal_?key)$/i;

/** An object with one of these is a person, and so its `name` is a person's name. */
const PERSON_KEYS = ['email', 'phone', 'role', 'contactId'];

const MAX_DEPTH = 8;
const MAX_ITEMS = 100;

const CREDENTIALS_IN_URL = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi;
const BEARER = /\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi;
const ADDRESS = /[^\s<>"'`()[\]{},;:@/]+@[^\s<>"'`()[\]{},;:@/]+\.\p{L}{2,}/gu;
/** Vietnamese and international numbers as people write them: 0912 345 678, (024) 3825.3536, +84-912-345-678; not the digits of an id or an instant. */
const PHONE = /(?<![\p{L}\d.:-])(?:\+\d{1,3}|\(?0\d)(?:[ .()-]{0,2}\d){7,10}(?![\p{L}\d-])/gu;

/** Free text (a mail server's answer, an error's message) without e-mail addresses, phone numbers, bearer tokens and passwords in URLs. */
export function scrubText(text: string): string {
  return text
    .replaceAll(CREDENTIALS_IN_URL, `$1${HIDDEN}@`)
    .replaceAll(BEARER, `$1 ${HIDDEN}`)
    .replaceAll(ADDRESS, HIDDEN)
    .replaceAll(PHONE, HIDDEN);
}

/**
 * A copy of any value that may be written to a log: secret keys hidden at every depth, every text scrubbed, errors with their causes.
 * Never throws: what cannot be copied is named by its type.
 */
export function redact(value: unknown): unknown {
  return copy(value, 0, new WeakSet());
}

/** Errors of another realm (node:vm, worker messages) count too. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

function copy(value: unknown, depth: number, above: WeakSet<object>): unknown {
  if (typeof value === 'string') return scrubText(value);
  if (typeof value === 'bigint' || typeof value === 'symbol') return value.toString();
  if (typeof value === 'function') return `[function ${value.name}]`;
  if (typeof value !== 'object' || value === null) return value;
  if (above.has(value)) return '[circular]';
  if (depth >= MAX_DEPTH) return '[deeper]';
  above.add(value);
  try {
    return copyObject(value, depth, above);
  } finally {
    above.delete(value);
  }
}

function copyObject(value: object, depth: number, above: WeakSet<object>): unknown {
  if (isError(value)) return copyError(value, depth, above);
  if (ArrayBuffer.isView(value)) return `[${String(value.byteLength)} bytes]`;
  if (Array.isArray(value)) {
    const items = value.slice(0, MAX_ITEMS).map((item) => copy(item, depth + 1, above));
    return value.length > MAX_ITEMS ? [...items, `[${String(value.length - MAX_ITEMS)} more]`] : items;
  }
  if ('toJSON' in value && typeof value.toJSON === 'function') return copyJson(value, depth, above);
  return copyEntries(value, depth, above);
}

function copyEntries(value: object, depth: number, above: WeakSet<object>): Record<string, unknown> {
  const isPerson = PERSON_KEYS.some((key) => key in value);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      inner !== null && inner !== undefined && (SECRET_KEY.test(key) || (isPerson && key === 'name'))
        ? HIDDEN
        : copy(inner, depth + 1, above),
    ]),
  );
}

function copyError(error: Error, depth: number, above: WeakSet<object>): Record<string, unknown> {
  return {
    type: error.name,
    message: scrubText(error.message),
    ...(error.stack === undefined ? {} : { stack: scrubText(error.stack) }),
    ...copyEntries(error, depth, above),
    ...(error.cause === undefined ? {} : { cause: copy(error.cause, depth + 1, above) }),
  };
}

/** Temporal values, Dates, URLs: as JSON says them. */
function copyJson(value: object, depth: number, above: WeakSet<object>): unknown {
  try {
    return copy((value as { toJSON(): unknown }).toJSON(), depth + 1, above);
  } catch {
    return `[${value.constructor.name}]`;
  }
}
