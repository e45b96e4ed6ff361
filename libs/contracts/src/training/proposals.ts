import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { day, id, text } from '../values.js';
import { classMoved, sessionPart } from './classes.js';
import { trainingCode } from './courses.js';

/** Days, venue and trainers as they are proposed for a class; confirmed as they are, or changed by a person first. */
const proposedSession = z.object({
  day: day(),
  part: sessionPart(),
  topic: text(300),
  /** What its trainer must know; null where the curriculum names nothing. */
  speciality: z.string().nullable(),
  trainerId: id(),
});

export const scheduleProposal = z
  .object({
    placed: z.array(
      z.object({
        classId: id(),
        class: trainingCode(),
        version: z.int(),
        venueId: id(),
        sessions: z.array(proposedSession),
        why: z.string(),
      }),
    ),
    /** Classes for which nothing is free, with what is missing and when. */
    unplaced: z.array(z.object({ classId: id(), class: trainingCode(), reasons: z.array(z.string()) })),
  })
  .meta({ id: 'ScheduleProposal' });

/**
 * Proposes days, venues and trainers for the classes of a course (or one of them) that have no days. Books nothing. The same question gives the same answer while
 * nothing changes.
 */
export const proposeSchedule = defineQuery('training', 'training.propose-schedule.v1', {
  payload: z.object({
    courseId: id(),
    classId: id().optional(),
    /** First day to look at; ten working days from today where it is left out: an assumption, time to nominate and to invite. */
    from: day().optional(),
  }),
  reply: scheduleProposal,
});

/** A person confirms proposals: all of them are booked, or none and the refusal says what collides meanwhile. */
export const confirmSchedule = defineCommand('training', 'training.confirm-schedule.v1', {
  payload: z
    .object({
      classes: z
        .array(
          z.object({
            classId: id(),
            seenVersion: z.int().positive(),
            venueId: id(),
            sessions: z
              .array(z.object({ day: day(), part: sessionPart(), topic: text(300), trainerId: id().nullable() }))
              .min(1)
              .max(120),
          }),
        )
        .min(1)
        .max(50),
    })
    .strict(),
  reply: z.object({ classes: z.array(classMoved.extend({ sessions: z.array(id()) })) }),
});
