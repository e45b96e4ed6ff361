import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { sealed } from '../sealed.js';
import { agencyCode, day, id, instant, pageAsk, pageOf, seenVersion, text } from '../values.js';
import { classStates } from './classes.js';
import { trainingCode } from './courses.js';

/**
 * `open`: nominations are owed; `fulfilled`: all are there, or the agency said that it sends fewer; `closed`: the roster was locked before; `cancelled`:
 * nothing is asked of the agency any more.
 */
export const quotaStates = ['open', 'fulfilled', 'closed', 'cancelled'] as const;
export type QuotaState = (typeof quotaStates)[number];

/** A nomination and what became of it. */
export const enrolmentStates = ['waiting', 'enrolled', 'withdrawn', 'completed', 'not-completed'] as const;
export type EnrolmentState = (typeof enrolmentStates)[number];

/** Why a nomination waits: the class is full, the agency's quota is, or what is left of the quota is kept for leaders until nominations are closed. */
export const waitingReasons = ['class-full', 'quota-full', 'leader-seats'] as const;
export type WaitingReason = (typeof waitingReasons)[number];

/** What allows to process somebody's data (law 91/2025, domain 6): the task of a state agency, or their consent. */
export const legalBases = ['state-task', 'consent'] as const;
export type LegalBasis = (typeof legalBases)[number];

const seats = () => z.int().min(1).max(2000);
const leaderSeats = () => z.int().min(0).max(2000);
const quota = z.object({ agency: agencyCode(), seats: seats(), leaderSeats: leaderSeats().default(0), deadline: day().optional() });
/** What a person should look at although it is allowed: the seats of all quotas are more than the places of the class. */
const warnings = z.array(z.enum(['more-seats-than-places']));

const nominationsMoved = z.object({
  classId: id(),
  state: z.enum(classStates),
  /** Of all quotas that are not cancelled. */
  seats: z.int(),
  capacity: z.int(),
  warnings,
  version: z.int(),
});

/**
 * Agencies may nominate for a class, each within its quota. Asked again after the class was postponed: quotas and nominations that it has stay, and those that
 * are named are set to what is said.
 */
export const openNominations = defineCommand('training', 'training.open-nominations.v1', {
  payload: z.object({
    classId: id(),
    quotas: z.array(quota).max(300).default([]),
    /** Last day for all that say none of their own; left out: seven working days before the first session (domain 4.6, a proposal). */
    deadline: day().optional(),
    seenVersion,
  }),
  reply: nominationsMoved,
});

/** Nothing more is nominated, except late and with a reason. Happens by itself on the working day after the last deadline. */
export const closeNominations = defineCommand('training', 'training.close-nominations.v1', {
  payload: z.object({ classId: id(), reason: text(2000), seenVersion }),
  reply: nominationsMoved,
});

const quotaMoved = z.object({
  classId: id(),
  agency: agencyCode(),
  state: z.enum(quotaStates),
  seats: z.int(),
  leaderSeats: z.int(),
  deadline: day(),
  warnings,
  version: z.int(),
});

/** One more agency may nominate for a class that takes nominations; one that was taken out before comes back. */
export const addQuota = defineCommand('training', 'training.add-quota.v1', {
  payload: z.object({ classId: id(), ...quota.shape, reason: text(2000) }),
  reply: quotaMoved,
});

/** What is left out stays. A later `deadline` is more time; more seats let those move up who wait. */
export const changeQuota = defineCommand('training', 'training.change-quota.v1', {
  payload: z.object({
    classId: id(),
    agency: agencyCode(),
    changes: z.object({ seats: seats(), leaderSeats: leaderSeats(), deadline: day() }).partial().strict(),
    reason: text(2000),
    seenVersion,
  }),
  reply: quotaMoved,
});

/** Nothing is asked of an agency any more. Whom it nominated must be withdrawn before. */
export const removeQuota = defineCommand('training', 'training.remove-quota.v1', {
  payload: z.object({ classId: id(), agency: agencyCode(), reason: text(2000), seenVersion }),
  reply: quotaMoved,
});

/** The agency sends fewer than it may, and says why: nothing more is owed. */
export const completeNominations = defineCommand('training', 'training.complete-nominations.v1', {
  payload: z.object({ classId: id(), agency: agencyCode(), reason: text(2000), seenVersion }),
  reply: quotaMoved,
});

export const traineeLanguages = ['vi', 'en', 'vi+en'] as const;
/** Nothing else is collected of a trainee: no birth date, no identity number, no image (domain 4.2, 6.3). */
const person = {
  fullName: sealed(text(120)),
  /** Where they work or what they belong to, in words: a commune, a cooperative. */
  unit: sealed(text(200)),
  position: sealed(text(200)).nullable(),
  /** What they know already and want to learn, for the trainer. */
  needs: sealed(text(500)).nullable(),
  email: sealed(z.email().max(200)).nullable(),
  phone: sealed(text(40)).nullable(),
  language: z.enum(traineeLanguages),
};
const nominated = z.object({
  ...person,
  position: person.position.default(null),
  needs: person.needs.default(null),
  email: person.email.default(null),
  phone: person.phone.default(null),
  language: person.language.default('vi'),
});

/** On what the agency nominates, and that it told people so; the agency answers for it. */
const basis = {
  agency: agencyCode(),
  legalBasis: z.enum(legalBases),
  /** The document that the task stands on, or how people agreed. */
  basis: text(300),
  /** Of the notice on personal data that the agency gave them. */
  noticeVersion: text(40),
  /** Why it comes after nominations were closed; the course's lead agency decides on that. */
  late: text(500).optional(),
};

/** An agency sends somebody to a class. Whoever finds no seat waits for one. A person is in one class of a course (SEED-41). */
export const nominate = defineCommand('training', 'training.nominate.v1', {
  payload: z.object({ classId: id(), ...basis, person: nominated, leader: z.boolean().default(false) }),
  reply: z.object({
    enrolmentId: id(),
    traineeId: id(),
    classId: id(),
    state: z.enum(['enrolled', 'waiting']),
    why: z.enum(waitingReasons).nullable(),
    version: z.int(),
  }),
});

/** Columns of a list of nominations, and the letter under which each stands in the file. */
export const nominationColumns = ['class', 'fullName', 'unit', 'position', 'leader', 'needs', 'email', 'phone'] as const;
export type NominationColumn = (typeof nominationColumns)[number];
export const NOMINATION_ROWS = 10_000;

/** What `sheet` of an import holds, as JSON: for each row its number in the file and its texts, in the order of `nominationColumns`. */
export const nominationSheet = z.object({
  /** `class` is null where the file was for one class and has no such column. */
  letters: z.record(z.enum(nominationColumns), z.string().nullable()),
  rows: z.array(z.tuple([z.int().positive(), z.array(z.string()).length(nominationColumns.length)])).max(NOMINATION_ROWS),
});

/** A value of a file that is not taken, by the cell where it stands. Says nothing of the person. */
const rowFault = z.object({ row: z.int(), address: z.string(), code: z.string(), message: z.string() });

/**
 * An agency sends many, as a file: to one class, or to the classes of a course that its rows name. All rows or none, unless `skipFaulty`. The same file sent
 * again changes nothing and is told so.
 */
export const importNominations = defineCommand('training', 'training.import-nominations.v1', {
  payload: z.object({
    ...basis,
    of: z.union([z.object({ courseId: id() }).strict(), z.object({ classId: id() }).strict()]),
    sheet: sealed(z.string().max(20_000_000)),
    /** SHA-256 of the file, base64url. */
    digest: z.string().regex(/^[\w-]{43}$/),
    skipFaulty: z.boolean().default(false),
  }),
  reply: z.object({
    rows: z.int(),
    enrolled: z.int(),
    waiting: z.int(),
    faulty: z.int(),
    /** The first 500. */
    errors: z.array(rowFault),
    /** When the same file was taken in before. */
    importedBefore: instant().nullable(),
  }),
});

/** Somebody does not come, or is not sent. Whoever is first of those who wait moves up. The reason must say nothing of the person's life. */
export const withdrawEnrolment = defineCommand('training', 'training.withdraw-enrolment.v1', {
  payload: z.object({ enrolmentId: id(), reason: text(500), seenVersion }),
  reply: z.object({
    enrolmentId: id(),
    classId: id(),
    state: z.enum(enrolmentStates),
    /** Who moved up, in order. */
    promoted: z.array(id()),
    version: z.int(),
  }),
});

export const quotaView = z
  .object({
    classId: id(),
    agency: agencyCode(),
    seats: z.int(),
    leaderSeats: z.int(),
    /** Last day to nominate. */
    deadline: day(),
    state: z.enum(quotaStates),
    reason: z.string().nullable(),
    /** Waiting and enrolled. */
    nominated: z.int(),
    enrolled: z.int(),
    /** Of those enrolled. */
    leaders: z.int(),
    waiting: z.int(),
    obligationId: id(),
    version: z.int(),
  })
  .meta({ id: 'Quota' });

/** Quotas of a class in order of their agency, also those that are cancelled. */
export const listQuotas = defineQuery('training', 'training.list-quotas.v1', {
  payload: z.object({ classId: id() }),
  reply: z.object({ items: z.array(quotaView) }),
});

export const enrolmentView = z
  .object({
    enrolmentId: id(),
    classId: id(),
    traineeId: id(),
    agency: agencyCode(),
    ...person,
    /** Null of somebody who is forgotten. */
    fullName: person.fullName.nullable(),
    unit: person.unit.nullable(),
    leader: z.boolean(),
    state: z.enum(enrolmentStates),
    nominatedAt: instant(),
    reason: z.string().nullable(),
    /** Moved sessions met another class of theirs: a person must decide. */
    clashes: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'Enrolment' });

/** Who is nominated for a class, in order of time: with `state: waiting` the waiting list. */
export const listEnrolments = defineQuery('training', 'training.list-enrolments.v1', {
  payload: z.object({ classId: id(), state: z.enum(enrolmentStates).optional(), agency: agencyCode().optional(), ...pageAsk }),
  reply: pageOf(enrolmentView),
});

/** All who are enrolled in a class, by given name as Vietnamese lists are: what an office prints. */
export const readClassList = defineQuery('training', 'training.read-class-list.v1', {
  payload: z.object({ classId: id() }),
  reply: z.object({ classId: id(), class: trainingCode(), title: z.string(), asOf: instant(), items: z.array(enrolmentView) }),
});
