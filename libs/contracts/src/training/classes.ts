import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { agencyCode, day, documentNumber, id, instant, pageAsk, pageOf, seenVersion, text } from '../values.js';
import { trainingCode } from './courses.js';

/** The life of a class (domain 4.4, a proposal). */
export const classStates = [
  'planned',
  'nomination-open',
  'nomination-closed',
  'roster-locked',
  'notified',
  'in-progress',
  'completed',
  'certified',
  'reported',
  'postponed',
  'cancelled',
] as const;
export type ClassState = (typeof classStates)[number];

/** A session (buổi) is a morning, 08:00 to 11:30, or an afternoon, 13:30 to 17:00: four periods. The times are an assumption. */
export const sessionParts = ['morning', 'afternoon'] as const;
export type SessionPart = (typeof sessionParts)[number];

export const sessionPart = () => z.enum(sessionParts);
const size = () => z.int().min(1).max(2000);
/** A class after a change. */
export const classMoved = z.object({ classId: id(), state: z.enum(classStates), firstDay: day().nullable(), version: z.int() });

/**
 * A class of a course is planned by hand (SEED-32). Without `sessions` it takes a morning and an afternoon of each working day from `firstDay` on, for as
 * many days as the course says. A venue is booked with it.
 */
export const planClass = defineCommand('training', 'training.plan-class.v1', {
  payload: z
    .object({
      courseId: id(),
      code: trainingCode(),
      title: text(300),
      /** Where it is held. */
      district: agencyCode(),
      /** Who holds it together with the course's lead agency; the district's committee as a rule. */
      coHost: agencyCode().optional(),
      venueId: id().optional(),
      /** The course's where it is left out. */
      capacity: size().optional(),
      minSize: size().optional(),
      firstDay: day().optional(),
      sessions: z
        .array(z.object({ day: day(), part: sessionPart(), topic: text(300).optional() }))
        .min(1)
        .max(120)
        .optional(),
      /** Why sessions may be held on days off; without it they may not. */
      daysOff: text(500).optional(),
    })
    .strict(),
  reply: classMoved.extend({ sessions: z.array(id()) }),
});

/** What is left out stays; another venue is booked for every session, null gives the booking back. */
export const changeClass = defineCommand('training', 'training.change-class.v1', {
  payload: z.object({
    classId: id(),
    changes: z
      .object({ title: text(300), venueId: id().nullable(), capacity: size(), minSize: size() })
      .partial()
      .strict(),
    reason: text(2000),
    seenVersion,
  }),
  reply: classMoved,
});

/** A trainer teaches these sessions, or all of the class; null: nobody does any more. */
export const assignTrainer = defineCommand('training', 'training.assign-trainer.v1', {
  payload: z.object({
    classId: id(),
    trainerId: id().nullable(),
    sessionIds: z.array(id()).min(1).max(120).optional(),
    reason: text(2000).optional(),
    seenVersion,
  }),
  reply: classMoved,
});

/**
 * By a decision the class is not held on its days. With `firstDay` its sessions move with it, and what is booked; without, bookings are given back until the
 * same command says the day.
 */
export const postponeClass = defineCommand('training', 'training.postpone-class.v1', {
  payload: z.object({ classId: id(), decision: documentNumber(), reason: text(2000), firstDay: day().optional(), seenVersion }),
  reply: classMoved,
});

/** By a decision the class is not held at all. What it booked is free again. */
export const cancelClass = defineCommand('training', 'training.cancel-class.v1', {
  payload: z.object({ classId: id(), decision: documentNumber(), reason: text(2000), seenVersion }),
  reply: classMoved,
});

export const classView = z
  .object({
    classId: id(),
    code: trainingCode(),
    courseId: id(),
    course: trainingCode(),
    title: z.string(),
    district: agencyCode(),
    coHost: agencyCode().nullable(),
    venueId: id().nullable(),
    venue: z.string().nullable(),
    capacity: z.int(),
    minSize: z.int(),
    state: z.enum(classStates),
    /** Document and reason of the last postponement, or of the cancellation. */
    decision: z.string().nullable(),
    reason: z.string().nullable(),
    daysOff: z.string().nullable(),
    rosterVersion: z.int(),
    /** In order of time. */
    sessions: z.array(
      z.object({
        sessionId: id(),
        ordinal: z.int(),
        day: day(),
        part: sessionPart(),
        startsAt: instant(),
        endsAt: instant(),
        topic: z.string(),
        trainerId: id().nullable(),
        /** False while it books nothing: the class is cancelled, or postponed without a day. */
        active: z.boolean(),
      }),
    ),
    version: z.int(),
  })
  .meta({ id: 'TrainingClass' });

export const listClasses = defineQuery('training', 'training.list-classes.v1', {
  payload: z.object({
    courseId: id().optional(),
    district: agencyCode().optional(),
    state: z.enum(classStates).optional(),
    ...pageAsk,
  }),
  reply: pageOf(classView),
});

export const getClass = defineQuery('training', 'training.get-class.v1', { payload: z.object({ classId: id() }), reply: classView });

/** What does not fit any more: it was right when it was planned, and something changed. */
export const conflictKinds = [
  'approval-missing',
  'day-off',
  'invitation-late',
  'outside-task-window',
  'outside-window',
  'roster-not-ready',
  'task-cancelled',
  'task-suspended',
  'trainee-elsewhere',
  'trainer-away',
  'trainer-missing',
  'trainer-retired',
  'trainer-unanswered',
  'unscheduled',
  'venue-missing',
  'venue-retired',
  'venue-too-small',
  'attendance-missing',
] as const;
export type ConflictKind = (typeof conflictKinds)[number];

export const conflictView = z
  .object({
    kind: z.enum(conflictKinds),
    classId: id(),
    class: trainingCode(),
    /** The session that it is about; null where it is about the whole class. */
    sessionId: id().nullable(),
    day: day().nullable(),
    part: sessionPart().nullable(),
    what: z.string(),
    /** Whose, where it is about one trainee. */
    enrolmentId: id().optional(),
  })
  .meta({ id: 'TrainingConflict' });

/**
 * The standing list of conflicts: classes that are still to be held, and sessions from today on, that need a person; and sessions that were held and whose
 * attendance nobody recorded though their trainer was asked twice. Empty is good.
 */
export const listConflicts = defineQuery('training', 'training.list-conflicts.v1', {
  payload: z.object({ classId: id().optional(), kind: z.enum(conflictKinds).optional() }),
  reply: z.object({ items: z.array(conflictView) }),
});
