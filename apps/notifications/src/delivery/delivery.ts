import { Temporal } from 'temporal-polyfill';
import type { WorkingCalendar } from '#calendar';
import type { Mail } from '#contracts';
import { highestLevel } from '#ladder';
import type { Handover } from '../mail/mailer.js';
import type { StandIn } from '../recipients/stand-in.js';

export type MessageState = 'queued' | 'sending' | 'sent' | 'unknown' | 'failed' | 'withdrawn' | 'superseded';

/** What the row says when its message comes (again). */
export interface DeliveryState {
  readonly state: MessageState;
  readonly attempts: number;
  readonly nextAttemptAt: Temporal.Instant | null;
  /** Attempts that ended without our knowing how. */
  readonly doubts: number;
}

/** A try that is on record: its number, and the instant that was checked against office hours and stands in the Date header. */
export interface Claim {
  readonly attempt: number;
  readonly at: Temporal.Instant;
  /** Attempts before this one that ended without our knowing how. */
  readonly doubts: number;
  /** Who reads it now; null when the recipient is there. */
  readonly standIn: StandIn | null;
}

/** How a try ended, for the row of the message and the row of the attempt. */
export interface Ending {
  readonly state: MessageState;
  readonly outcome: Handover['kind'] | 'interrupted';
  readonly answer: string | null;
  readonly reason: string | null;
  readonly nextAttemptAt: Temporal.Instant | null;
}

/** Business minutes before each new try of a mail that the server put off: 23 hours in all. */
const PAUSES = [1, 5, 15, 60, 120, 240, 480, 480];
/** Business seconds within which a mail's recipient should have been heard of. */
const HEARD_OF_WITHIN = 24 * 3600;
/** Business minutes before an escalation that may be lost is sent once more. */
const REPEAT_AFTER = 30;

/** Asking for attendance cannot wait for the morning: trainers are asked at 18:00 of the day of the class (assumption), and until then they teach. */
const EVENING_ENDS = '20:00';

/** When a mail may leave: a question to the calendar, which leaves its days and its opening as they are. */
export type MailHours = Pick<WorkingCalendar, 'isOfficeHour' | 'nextOfficeHour'>;

/** Office hours of working days; on these a mail that asks for the attendance of the day may also leave in the evening. */
export function hoursOf({ template }: Pick<Mail, 'template'>, calendar: WorkingCalendar): MailHours {
  if (template !== 'attendance-missing') return calendar;
  return {
    isOfficeHour: (at) => calendar.isOfficeHour(at, EVENING_ENDS),
    nextOfficeHour: (at) => calendar.nextOfficeHour(at, EVENING_ENDS),
  };
}

/** Whether the row lets the mail leave: it waits, or it is in doubt and is to be repeated. */
export function mayLeave({ state, nextAttemptAt }: Pick<DeliveryState, 'state' | 'nextAttemptAt'>): boolean {
  return state === 'queued' || (state === 'unknown' && nextAttemptAt !== null);
}

/** The next moment at which it may leave, or null for now. */
export function waitUntil(notBefore: Temporal.Instant | null, now: Temporal.Instant, calendar: MailHours): Temporal.Instant | null {
  const earliest = notBefore && Temporal.Instant.compare(notBefore, now) > 0 ? notBefore : now;
  const allowed = calendar.nextOfficeHour(earliest);
  return Temporal.Instant.compare(allowed, now) > 0 ? allowed : null;
}

/**
 * When to look again for a recipient whom no event has told of yet: after as long as the mail has waited already, so that an event that is a moment late
 * holds it up for a moment. In business time. @returns null after a day: then something is wrong
 */
export function waitForRecipient(decidedAt: Temporal.Instant, now: Temporal.Instant): Temporal.Instant | null {
  const waited = decidedAt.until(now).total('seconds');
  return waited < HEARD_OF_WITHIN ? now.add({ milliseconds: Math.ceil(1000 * Math.max(1, waited)) }) : null;
}

/** What the mail server's answer makes of a claimed mail. */
export function endingOf(handover: Handover, claim: Claim, mail: Mail, now: Temporal.Instant, calendar: MailHours): Ending {
  const answer = claim.doubts > 0 ? `(repeat) ${handover.answer}` : handover.answer;
  switch (handover.kind) {
    case 'sent':
      return { state: 'sent', outcome: 'sent', answer, reason: null, nextAttemptAt: null };
    case 'refused':
      return { state: 'failed', outcome: 'refused', answer, reason: answer, nextAttemptAt: null };
    case 'unknown':
      return { ...inDoubt(claim.doubts, mail, now, calendar), outcome: 'unknown', answer };
    case 'retry': {
      const next = nextTry(claim.attempt, handover.reached, now);
      const nextAttemptAt = next && calendar.nextOfficeHour(next);
      return { state: nextAttemptAt ? 'queued' : 'failed', outcome: 'retry', answer, reason: answer, nextAttemptAt };
    }
  }
}

/** A process ended while the mail was in its hands. */
export function interruption(doubts: number, mail: Mail, now: Temporal.Instant, calendar: MailHours): Ending {
  return { ...inDoubt(doubts, mail, now, calendar), outcome: 'interrupted', answer: null };
}

/**
 * A mail that may or may not have arrived is never silently sent again. An escalation is too important to be lost: it is repeated once, marked as a
 * repeat and under the same Message-ID. Everything else waits, because the next rung of the ladder tells it again.
 */
function inDoubt(
  doubts: number,
  mail: Mail,
  now: Temporal.Instant,
  calendar: MailHours,
): Pick<Ending, 'state' | 'reason' | 'nextAttemptAt'> {
  const repeats = doubts === 0 && mail.template === 'chasing' && mail.level.startsWith('escalated');
  return {
    state: 'unknown',
    reason: 'handed to the mail server, whose answer is not known: it may have arrived',
    nextAttemptAt: repeats ? calendar.nextOfficeHour(now.add({ minutes: REPEAT_AFTER })) : null,
  };
}

/** @returns null when the server has put it off often enough. One that cannot be reached has said nothing, so it never uses up a mail. */
function nextTry(attempt: number, reached: boolean, now: Temporal.Instant): Temporal.Instant | null {
  const minutes = PAUSES[attempt - 1] ?? (reached ? undefined : PAUSES.at(-1));
  return minutes === undefined ? null : now.add({ minutes });
}

/**
 * The mail without what need not be told any more; null when nothing is left to say. A digest is the figures of its day and stays whole.
 * @param dropped obligations that were settled, or told by a newer mail, after this one was decided
 */
export function withoutDropped(mail: Mail, dropped: ReadonlySet<string>): Mail | null {
  if (mail.template !== 'chasing' || dropped.size === 0) return mail;
  const items = mail.items.filter((item) => !dropped.has(item.obligationId));
  if (items.length === 0) return null;
  return { ...mail, items, level: highestLevel(items.map((item) => item.level)) };
}

/** What only travels, sealed, in the message that brings a mail: a token or a code is worth as much as what its link opens, and a roster is people. */
const NEVER_KEPT: ReadonlySet<string> = new Set(['token', 'code', 'roster']);

/** The facts of a mail that are kept with its message. Whatever is left out comes again with the message, however often it is delivered. */
export function keptFacts(mail: Mail): object {
  return Object.fromEntries(Object.entries(mail).filter(([name]) => !NEVER_KEPT.has(name)));
}

/** The Message-ID of a message: the same on every try. @param domain of our sender address */
export function mailIdOf(messageId: string, domain: string): string {
  return `${messageId}@${domain}`;
}
