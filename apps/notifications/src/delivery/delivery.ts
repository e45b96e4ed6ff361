import { Temporal } from 'temporal-polyfill';
import type { Mail } from '#contracts';
import { highestLevel } from '#ladder';

export type MessageState = 'queued' | 'sending' | 'sent' | 'unknown' | 'failed' | 'withdrawn' | 'superseded';

/** What the row says when its message comes (again). */
export interface DeliveryState {
  readonly state: MessageState;
  readonly attempts: number;
  readonly nextAttemptAt: Temporal.Instant | null;
}

/** Business minutes before the n-th retry: 1, 5, 15, 60, then every two hours, for a day. */
const PAUSES = [1, 5, 15, 60];
const LATER = 120;
const GIVE_UP_AFTER = 15;

/** @param attempts made so far, at least 1. @returns null when it is enough */
export function nextAttempt(attempts: number, now: Temporal.Instant): Temporal.Instant | null {
  if (attempts >= GIVE_UP_AFTER) return null;
  return now.add({ minutes: PAUSES[attempts - 1] ?? LATER });
}

/** The mail without what was settled after it was decided; null when nothing is left to say. Digests are figures of a day and stay whole. */
export function withoutSettled(mail: Mail, settled: ReadonlySet<string>): Mail | null {
  if (mail.template !== 'chasing' || settled.size === 0) return mail;
  const items = mail.items.filter((item) => !settled.has(item.obligationId));
  if (items.length === 0) return null;
  return { ...mail, items, level: highestLevel(items.map((item) => item.level)) };
}

/** The Message-ID of a message: the same on every try. @param domain of our sender address */
export function mailIdOf(messageId: string, domain: string): string {
  return `${messageId}@${domain}`;
}
