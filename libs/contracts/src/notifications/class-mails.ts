import { z } from 'zod';
import { sealed } from '../sealed.js';
import { day, id, instant } from '../values.js';
import { planRef } from './plan-ref.js';

/*
 * Mails about a class. Each tells its reader everything that they must know of the class now, so in one stream (`class.<class id>`) a newer one makes an older,
 * unsent one pointless. Days and times are local (Asia/Ho_Chi_Minh).
 */

export const timeOfDay = () => z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'hours and minutes, 08:00');
/** Whoever has it may do what the link is for: it stands in the mail's link and is not kept with the message. */
export const linkToken = () =>
  sealed(z.string().regex(/^[\w.~-]{16,}$/, 'at least 16 letters, digits and -._~, as they stand in an address'));

/** A session as a calendar has it. */
export const toldSession = z.object({
  sessionId: id(),
  /** Which session of the class it is, from 1. */
  ordinal: z.int().positive(),
  date: day(),
  startsAt: timeOfDay(),
  endsAt: timeOfDay(),
  topic: z.string(),
});

export const classFacts = {
  plan: planRef,
  course: z.object({ title: z.string(), titleEn: z.string() }),
  class: z.object({ code: z.string(), title: z.string() }),
};
const place = z.object({ name: z.string(), address: z.string() });

/** What a trainer needs to hold a class, and no more (domain 4.2). Travels sealed, as JSON, and is not kept with the message. */
export const rosterPeople = z.object({
  trainees: z.array(z.object({ name: z.string(), unit: z.string(), position: z.string(), needs: z.string() })),
  /** By session. */
  trainers: z.record(z.string(), z.string()),
});

/** To a trainer: who is in the class. The list is attached as a workbook and as PDF, with calendar entries for the trainer's own sessions. */
export const classRosterMail = z.object({
  template: z.literal('class-roster'),
  ...classFacts,
  /** Agencies above the list: whoever answers for the plan, and who holds the course. */
  issuer: z.object({ superior: z.string(), name: z.string() }),
  venue: place,
  sessions: z.array(toldSession.extend({ part: z.enum(['morning', 'afternoon']), own: z.boolean() })).min(1),
  /** The reader's sessions that are no longer theirs, as they were told last: taken out of the calendar. */
  cancelled: z.array(toldSession),
  rosterVersion: z.int().positive(),
  lockedAt: instant(),
  trainees: z.int().nonnegative(),
  /** What is different from the roster that the reader was sent last; null in the first. */
  delta: z
    .object({ joined: z.int().nonnegative(), left: z.int().nonnegative(), changed: z.array(z.enum(['venue', 'sessions', 'trainers'])) })
    .nullable(),
  sequence: z.int().nonnegative(),
  roster: sealed(z.string()),
  token: linkToken(),
  /** Last day on which the link opens. */
  expiresOn: day(),
});

/** Why somebody is written to about a class that they are, or were, to come to. */
export const classOccasions = ['invitation', 'promoted', 'changed', 'postponed', 'cancelled', 'withdrawn', 'reminder'] as const;

/** To a trainee, or to a trainer whose class or sessions fell away or moved: what the class is now for them, with calendar entries. */
export const classNoticeMail = z.object({
  template: z.literal('class-notice'),
  ...classFacts,
  occasion: z.enum(classOccasions),
  reader: z.enum(['trainer', 'trainee']),
  venue: place.nullable(),
  /** The reader's sessions as they are now; none when there is nothing to come to. */
  sessions: z.array(toldSession),
  /** Those that they were told of and that are no more, as they were told: taken out of the calendar. */
  cancelled: z.array(toldSession),
  /** What is different, when something changed. */
  changed: z.array(z.enum(['venue', 'sessions'])),
  /** The decision that postponed or cancelled it. */
  decision: z.string().nullable(),
  reason: z.string().nullable(),
  /** Why it leaves later than three working days before the first session. */
  urgent: z.string().nullable(),
  sequence: z.int().nonnegative(),
});

/** To a trainer, at 18:00 of the day: whose attendance is not on record yet. */
export const attendanceMissingMail = z.object({
  template: z.literal('attendance-missing'),
  ...classFacts,
  sessions: z.array(toldSession).min(1),
  token: linkToken(),
  expiresOn: day(),
});

/** To a trainee: the certificate, as an address that shows and confirms it. */
export const certificateMail = z.object({
  template: z.literal('certificate'),
  ...classFacts,
  number: z.string(),
  issuedOn: day(),
  /** Whoever has it sees the certificate. */
  code: sealed(z.string().regex(/^[\w-]{10,}$/)),
});
