import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { linkToken, timeOfDay } from '../notifications/class-mails.js';
import { sealed } from '../sealed.js';
import { day, id, instant, seenVersion, text } from '../values.js';
import { classStates, sessionParts } from './classes.js';
import { trainingCode } from './courses.js';

/** Forms in which a trainer keeps a roster. */
export const rosterForms = ['xlsx', 'pdf'] as const;
export type RosterForm = (typeof rosterForms)[number];

/**
 * The people of a class are settled, by a person; a schedule does it five working days before the first session. Needs enough and not too many people, and
 * for each session a venue and a trainer who accepted (domain 4.4).
 */
export const lockRoster = defineCommand('training', 'training.lock-roster.v1', {
  payload: z.object({ classId: id(), seenVersion }),
  reply: z.object({
    classId: id(),
    state: z.enum(classStates),
    rosterVersion: z.int(),
    trainees: z.int(),
    version: z.int(),
  }),
});

/** Invitations to a class may leave later than three working days before its first session, and say why. Postponed, it is not urgent any more. */
export const markUrgent = defineCommand('training', 'training.mark-urgent.v1', {
  payload: z.object({ classId: id(), reason: text(500), seenVersion }),
  reply: z.object({ classId: id(), state: z.enum(classStates), urgent: z.string(), version: z.int() }),
});

/** Whoever has the link of a roster mail keeps the list as a file: a record of who saw personal data. */
export const recordRosterDownload = defineCommand('training', 'training.record-roster-download.v1', {
  payload: z.object({ token: linkToken(), form: z.enum(rosterForms) }),
  reply: z.object({ classId: id(), rosterVersion: z.int() }),
});

/** What is different from the roster before; null in the first. */
const rosterDelta = z.object({
  joined: z.int(),
  left: z.int(),
  changed: z.array(z.enum(['venue', 'sessions', 'trainers'])),
});

/** A roster with its people, as a trainer needs it and no more (domain 4.2). */
const rosterContent = z.object({
  classId: id(),
  state: z.enum(classStates),
  plan: z.object({ documentNumber: z.string(), issuedOn: day() }),
  issuer: z.object({ superior: z.string(), name: z.string() }),
  course: z.object({ title: z.string(), titleEn: z.string() }),
  class: z.object({ code: trainingCode(), title: z.string() }),
  venue: z.object({ name: z.string(), address: z.string() }).nullable(),
  /** As they are now, in order of time. */
  sessions: z.array(
    z.object({
      sessionId: id(),
      ordinal: z.int(),
      date: day(),
      part: z.enum(sessionParts),
      startsAt: timeOfDay(),
      endsAt: timeOfDay(),
      topic: z.string(),
      /** Name, with the academic title before it; empty while nobody teaches it. */
      trainer: sealed(z.string()),
    }),
  ),
  rosterVersion: z.int().positive(),
  lockedAt: instant(),
  /** In the order of the list: by given name. */
  trainees: z.array(
    z.object({ name: sealed(z.string()), unit: sealed(z.string()), position: sealed(z.string()), needs: sealed(z.string()) }),
  ),
});

/** What the link of a roster mail shows. */
export const openRoster = defineQuery('training', 'training.open-roster.v1', {
  payload: z.object({ token: linkToken() }),
  /** `expiresOn`: the last day on which the link opens. */
  reply: rosterContent.extend({ expiresOn: day() }),
});

export const rosterView = rosterContent
  .extend({
    /** Newest first. */
    versions: z.array(z.object({ rosterVersion: z.int(), madeAt: instant(), trainees: z.int(), delta: rosterDelta.nullable() })),
  })
  .meta({ id: 'Roster' });

/** A roster of a class: the newest, or the one of a version. */
export const getRoster = defineQuery('training', 'training.get-roster.v1', {
  payload: z.object({ classId: id(), rosterVersion: z.int().positive().optional() }),
  reply: rosterView,
});

export const announcementView = z
  .object({
    personId: id(),
    role: z.enum(['trainer', 'trainee']),
    /** Of the calendar entries that were sent last. */
    sequence: z.int(),
    toldAt: instant(),
    venueId: id().nullable(),
    /** What they have in their calendar. */
    sessions: z.array(z.object({ sessionId: id(), day: day(), part: z.enum(sessionParts) })),
    /** The newest roster that a trainer was sent; 0: none. */
    rosterVersion: z.int(),
    /** First day that they were reminded of. */
    remindedFor: day().nullable(),
  })
  .meta({ id: 'Announcement' });

/** Who was told what of a class, and when, in order of role and person. Names nobody. */
export const listAnnouncements = defineQuery('training', 'training.list-announcements.v1', {
  payload: z.object({ classId: id() }),
  reply: z.object({ items: z.array(announcementView) }),
});
