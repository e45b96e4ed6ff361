import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { agencyCode, day, id, text } from '../values.js';
import { classMoved, sessionPart } from './classes.js';
import { trainingCode } from './courses.js';

/** Why a class cannot be held on some days, or is proposed as it is. */
export const proposalReasons = ['no-days', 'no-venue', 'no-trainer', 'later-or-earlier', 'several-trainers'] as const;
export type ProposalReason = (typeof proposalReasons)[number];

const reason = z.object({ code: z.enum(proposalReasons), text: z.string(), textEn: z.string() }).meta({ id: 'ProposalReason' });

/**
 * Days, places and trainers for the classes that have no days yet, of one course or of all that are open: within the windows of their courses, on working
 * days, at venues of their district, with trainers who know the topics and are to be had. Books nothing. The same facts give the same proposal.
 */
export const proposeSchedule = defineQuery('training', 'training.propose-schedule.v1', {
  payload: z.object({
    courseId: id().optional(),
    /** First day looked at; left out, the first on which trainers can still be asked 20 working days before (domain 4.6). */
    from: day().optional(),
    /** Last day looked at; left out, the end of each course's window, or a year from the first day. */
    to: day().optional(),
  }),
  reply: z.object({
    items: z.array(
      z
        .object({
          classId: id(),
          code: trainingCode(),
          district: agencyCode(),
          /** To be confirmed with it. */
          seenVersion: z.int(),
          venueId: id(),
          venue: z.string(),
          sessions: z.array(z.object({ day: day(), part: sessionPart(), topic: z.string(), trainerId: id() })),
          why: z.array(reason),
        })
        .meta({ id: 'ScheduleProposal' }),
    ),
    /** Classes for which nothing was found, and what stood against it, week by week. */
    unplaced: z.array(z.object({ classId: id(), code: trainingCode(), why: z.array(reason) })),
  }),
});

/** A person takes proposals, as they are or changed: all of them are booked, or none when one no longer fits. */
export const confirmSchedule = defineCommand('training', 'training.confirm-schedule.v1', {
  payload: z.object({
    classes: z
      .array(
        z.object({
          classId: id(),
          venueId: id(),
          sessions: z
            .array(z.object({ day: day(), part: sessionPart(), topic: text(300).optional(), trainerId: id().nullable().default(null) }))
            .min(1)
            .max(120),
          seenVersion: z.int().nonnegative(),
        }),
      )
      .min(1)
      .max(200),
  }),
  reply: z.object({ classes: z.array(classMoved) }),
});
