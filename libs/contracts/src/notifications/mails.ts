import { z } from 'zod';
import { documentKinds } from '../planning/documents.js';
import { obligationKinds } from '../planning/obligations.js';
import { day, id, instant, level } from '../values.js';
import {
  attendanceMissingMail,
  certificateMail,
  classFacts,
  classNoticeMail,
  classRosterMail,
  linkToken,
  toldSession,
} from './class-mails.js';
import { planRef } from './plan-ref.js';

/*
 * What each mail is made of: one schema per template, facts and ids only. People (the recipient, whom to ask) are named by contact id;
 * notifications knows their names. A template that is not here does not exist, and one without its files stops the service from starting.
 */

const agencyName = z.object({ code: z.string(), name: z.string(), nameEn: z.string() });

/** One thing that is owed, as one recipient is told of it. */
export const chasedItem = z.object({
  obligationId: id(),
  kind: z.enum(obligationKinds).default('periodic-report'),
  /** The plan that it belongs to, where that is another than the mail's. */
  plan: planRef.nullable().default(null),
  /** `owes`: you owe it. `copied`: a unit you answer for was chased. `escalated`: you are asked to act. */
  section: z.enum(['owes', 'copied', 'escalated']),
  rung: z.string(),
  level: level(),
  debtor: agencyName,
  creditor: agencyName,
  title: z.string(),
  titleEn: z.string(),
  period: z.string(),
  periodEn: z.string(),
  window: z.object({ from: day(), to: day() }).nullable(),
  dueOn: day(),
  /** Working days from today to the due day; negative when overdue. */
  workingDaysLeft: z.int(),
  /** Chasings of this generation so far, this mail included. */
  chasings: z.int(),
  next: z.object({ level: level(), on: day() }).nullable(),
  /** Contact to call at the debtor, for those who are asked to act on it. */
  contactId: id().nullable().default(null),
  /** The item for the city office's list that is prepared about it; its letter has a number once a person has sent it. */
  document: z.object({ id: id(), number: z.string().nullable() }).nullable().default(null),
  /** Path below PUBLIC_URL. */
  path: z.string(),
});

/** Everything one recipient must know in one slot: reminders, chasings, copies and escalations together. */
export const chasingMail = z.object({
  template: z.literal('chasing'),
  plan: planRef,
  slot: instant(),
  level: level(),
  items: z.array(chasedItem).min(1),
  /** Contact to ask, at the creditor. */
  askContactId: id().nullable(),
});

/** Thursday 07:30 to the standing agency: where every agency stands. */
export const weeklyDigestMail = z.object({
  template: z.literal('weekly-digest'),
  plan: planRef,
  weekOf: day(),
  figures: z.object({ open: z.int(), overdue: z.int(), dueThisWeek: z.int(), submittedThisWeek: z.int(), escalated: z.int() }),
  late: z.array(
    z.object({
      obligationId: id(),
      debtor: agencyName,
      title: z.string(),
      titleEn: z.string(),
      period: z.string(),
      periodEn: z.string(),
      dueOn: day(),
      workingDaysLate: z.int(),
      chasings: z.int(),
      contactId: id().nullable(),
    }),
  ),
  upcoming: z.array(
    z.object({ debtor: agencyName, title: z.string(), titleEn: z.string(), period: z.string(), periodEn: z.string(), dueOn: day() }),
  ),
  /** Contacts that their mail server refuses, and agencies that have nobody left to write to. */
  unreachable: z.array(z.object({ agency: agencyName, contactId: id().nullable(), since: day() })).default([]),
  /** What stands still by a decision: the plan itself where no task is named. */
  suspensions: z
    .array(
      z.object({
        task: z.object({ code: z.string(), title: z.string() }).nullable(),
        decision: z.string(),
        since: day(),
        until: day().nullable(),
        /** Things that wait. */
        held: z.int(),
      }),
    )
    .default([]),
  /** Years whose days off are wanted and not loaded, or loaded as an assumption until they are decided. */
  calendar: z.array(z.object({ year: z.int(), state: z.enum(['missing', 'provisional']) })).default([]),
  /** Prepared documents that wait for the reader to send or publish them. */
  waiting: z.array(z.object({ kind: z.enum(documentKinds), count: z.int(), path: z.string() })).default([]),
  path: z.string(),
});

/** To a trainer: whether they will teach these sessions of a class. The answer is given on a page that the link leads to, never by opening it. */
export const trainerInvitationMail = z.object({
  template: z.literal('trainer-invitation'),
  ...classFacts,
  venue: z.object({ name: z.string(), address: z.string() }),
  /** Those that the trainer is asked to teach, in their order. */
  sessions: z.array(toldSession).min(1),
  /** Those that an earlier mail put into the reader's calendar and that they are not asked for any more: taken out of it. */
  cancelled: z.array(toldSession).default([]),
  /** Goes up with each invitation to the same sessions: a calendar ignores what is older than what it has. */
  sequence: z.int().nonnegative().default(0),
  /** Last day on which an answer is expected. */
  answerBy: day(),
  token: linkToken(),
});

export const mail = z.discriminatedUnion('template', [
  chasingMail,
  weeklyDigestMail,
  trainerInvitationMail,
  classRosterMail,
  classNoticeMail,
  attendanceMissingMail,
  certificateMail,
]);
export type Mail = z.output<typeof mail>;
export type MailTemplate = Mail['template'];
