import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

/** Says whether a presented token is the right one, in a time that tells nothing of it: digests of equal length are compared. */
export function tokenCheck(right: string): (presented: string) => boolean {
  const expected = digest(right);
  return (presented) => timingSafeEqual(digest(presented), expected);
}

export interface Presented {
  readonly scheme: 'bearer' | 'basic';
  readonly token: string;
}

/** The token in an `Authorization` header: `Bearer <token>`, or `Basic` with the token as the password and any user name. */
export function presentedIn(header: string | undefined): Presented | undefined {
  const [, scheme, value] = /^(bearer|basic) +([^\s]+) *$/i.exec(header ?? '') ?? [];
  if (scheme === undefined || value === undefined) return undefined;
  if (scheme.toLowerCase() === 'bearer') return { scheme: 'bearer', token: value };
  const pair = Buffer.from(value, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? undefined : { scheme: 'basic', token: pair.slice(colon + 1) };
}
