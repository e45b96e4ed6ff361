import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { sealed } from '../sealed.js';
import { day, id, instant, seenVersion, text } from '../values.js';
import { linkToken } from '../notifications/class-mails.js';
import { classStates, sessionParts } from './classes.js';
import { trainingCode } from './courses.js';

/** Present and late count as attended; excused does not, which is an assumption. */
export const attendanceStatuses = ['present', 'late', 'excused', 'absent'] as const;
export type AttendanceStatus = (typeof attendanceStatuses)[number];

const MOST_MARKS = 2000;
const status = () => z.enum(attendanceStatuses);
const attendanceRecorded = z.object({
  classId: id(),
  /** `completed` once everybody's attendance of every session is on record. */
  state: z.enum(classStates),
  /** Marks that were not there before, and marks that are different now. */
  recorded: z.int(),
  corrected: z.int(),
  /** Marks that the sessions in question still miss. */
  missing: z.int(),
  version: z.int(),
});

/**
 * Who attended a session that has begun; it may be said in parts. A mark that is there already is corrected: with a reason when the session is more than
 * three working days ago.
 */
export const recordAttendance = defineCommand('training', 'training.record-attendance.v1', {
  payload: z.object({
    sessionId: id(),
    marks: z
      .array(z.object({ enrolmentId: id(), status: status() }))
      .min(1)
      .max(MOST_MARKS),
    reason: text(2000).optional(),
    seenVersion,
  }),
  reply: attendanceRecorded,
});

/** The same by the link that a trainer has: their own sessions of the class, until three working days after each. */
export const recordAttendanceByLink = defineCommand('training', 'training.record-attendance-by-link.v1', {
  payload: z.object({
    token: linkToken(),
    marks: z
      .array(z.object({ sessionId: id(), enrolmentId: id(), status: status() }))
      .min(1)
      .max(MOST_MARKS),
  }),
  reply: attendanceRecorded,
});

/**
 * The same from a spreadsheet, cell by cell as it was read: all of it, or nothing with each fault at its cell. `number` is the enrolment's, an empty mark
 * says nothing.
 */
export const recordAttendanceSheet = defineCommand('training', 'training.record-attendance-sheet.v1', {
  payload: z.object({
    classId: id(),
    rows: z
      .array(
        z.object({
          number: z.object({ address: z.string(), text: z.string().max(40) }),
          marks: z.array(z.object({ ordinal: z.int().positive(), address: z.string(), text: z.string().max(40) })).max(120),
        }),
      )
      .min(1)
      .max(MOST_MARKS),
    reason: text(2000).optional(),
    seenVersion,
  }),
  reply: attendanceRecorded,
});

const attendedSession = z.object({
  sessionId: id(),
  ordinal: z.int().positive(),
  day: day(),
  part: z.enum(sessionParts),
  topic: z.string(),
  /** Only then its attendance can be recorded. */
  begun: z.boolean(),
  /** Last day on which its trainer may record or correct it by a link. */
  openUntil: day(),
  /** When the attendance of everybody enrolled was on record first. */
  attendedAt: instant().nullable(),
});

const attendee = z.object({
  enrolmentId: id(),
  /** By which a spreadsheet names the enrolment. */
  number: z.int(),
  /** Null when the person was forgotten. */
  name: sealed(z.string()).nullable(),
  unit: sealed(z.string()).nullable(),
  marks: z.array(z.object({ sessionId: id(), status: status() })),
});

/** Who is, or was, enrolled in a class, with their marks: by number. */
export const readAttendance = defineQuery('training', 'training.read-attendance.v1', {
  payload: z.object({ classId: id() }),
  reply: z
    .object({
      classId: id(),
      code: trainingCode(),
      title: z.string(),
      state: z.enum(classStates),
      version: z.int(),
      sessions: z.array(attendedSession),
      enrolments: z.array(
        attendee.extend({
          state: z.enum(['enrolled', 'completed', 'not-completed']),
          /** Sessions attended so far. */
          attended: z.int(),
        }),
      ),
    })
    .meta({ id: 'ClassAttendance' }),
});

/** What the trainer's link shows: their own sessions of the class. Changes nothing. */
export const openAttendanceLink = defineQuery('training', 'training.open-attendance-link.v1', {
  payload: z.object({ token: linkToken() }),
  reply: z.object({
    classId: id(),
    code: trainingCode(),
    title: z.string(),
    course: z.object({ title: z.string(), titleEn: z.string() }),
    sessions: z.array(attendedSession),
    trainees: z.array(attendee),
  }),
});
