import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { agencyCode, day, id, instant, seenVersion, text } from '../values.js';
import { classStates, sessionParts } from './classes.js';
import { trainingCode } from './courses.js';

export const classReportStates = ['owed', 'submitted', 'cancelled'] as const;
export type ClassReportState = (typeof classReportStates)[number];

const classReportMoved = z.object({
  classId: id(),
  state: z.enum(classStates),
  report: z.enum(classReportStates),
  dueOn: day(),
  version: z.int(),
});

/** The lead agency of its course reports on a class that is certified. The figures are counted here, not typed. */
export const submitClassReport = defineCommand('training', 'training.submit-class-report.v1', {
  payload: z.object({ classId: id(), content: text(20_000), seenVersion }),
  reply: classReportMoved,
});

/** The standing agency wants it done again: it is owed by `dueOn`, or within three working days. */
export const returnClassReport = defineCommand('training', 'training.return-class-report.v1', {
  payload: z.object({ classId: id(), reason: text(2000), dueOn: day().optional(), seenVersion }),
  reply: classReportMoved,
});

/** What is counted of a class. */
export const classFigures = z
  .object({
    enrolled: z.int(),
    sessions: z.array(
      z.object({
        sessionId: id(),
        ordinal: z.int(),
        day: day(),
        part: z.enum(sessionParts),
        present: z.int(),
        late: z.int(),
        excused: z.int(),
        absent: z.int(),
      }),
    ),
    completed: z.int(),
    notCompleted: z.int(),
    /** Valid ones. */
    certificates: z.int(),
  })
  .meta({ id: 'ClassFigures' });

export const getClassReport = defineQuery('training', 'training.get-class-report.v1', {
  payload: z.object({ classId: id() }),
  reply: z
    .object({
      classId: id(),
      class: trainingCode(),
      /** Owes the report. */
      leadAgency: agencyCode(),
      state: z.enum(classReportStates),
      dueOn: day(),
      content: z.string().nullable(),
      /** As they were when it was handed in; null before. */
      figures: classFigures.nullable(),
      submittedAt: instant().nullable(),
      /** As they are now. */
      now: classFigures,
      version: z.int(),
    })
    .meta({ id: 'ClassReport' }),
});
