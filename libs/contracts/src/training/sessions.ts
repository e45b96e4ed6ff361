import { z } from 'zod';
import { defineCommand } from '../contract.js';
import { day, id, seenVersion, text } from '../values.js';
import { classMoved, sessionPart } from './classes.js';

/** Sessions as they are set: without a topic the curriculum says it, without a trainer one is assigned later. */
const plannedSessions = () =>
  z
    .array(z.object({ day: day(), part: sessionPart(), topic: text(300).optional(), trainerId: id().nullable().default(null) }))
    .min(1)
    .max(120);

/**
 * Sets the days of a class that has none yet, as one has that was opened from its task. Without `sessions` it takes a morning and an afternoon of each
 * working day from `firstDay` on, for as many days as the course says. Venue and trainers are booked with it.
 */
export const scheduleClass = defineCommand('training', 'training.schedule-class.v1', {
  payload: z
    .object({
      classId: id(),
      firstDay: day().optional(),
      sessions: plannedSessions().optional(),
      /** The class keeps the venue that it has where this is left out. */
      venueId: id().optional(),
      seenVersion,
    })
    .strict(),
  reply: classMoved.extend({ sessions: z.array(id()) }),
});

/** One more session for a class, at the venue of the class. */
export const addSession = defineCommand('training', 'training.add-session.v1', {
  payload: z.object({
    classId: id(),
    day: day(),
    part: sessionPart(),
    topic: text(300),
    trainerId: id().nullable().default(null),
    reason: text(2000),
    seenVersion,
  }),
  reply: classMoved.extend({ sessionId: id() }),
});

/** A session that is still to come is not held. Its id is never used again, so whoever has it in a calendar can be told that it is gone. */
export const removeSession = defineCommand('training', 'training.remove-session.v1', {
  payload: z.object({ classId: id(), sessionId: id(), reason: text(2000), seenVersion }),
  reply: classMoved,
});

/** A session is moved to another day or part of it, its venue and trainer with it. */
export const moveSession = defineCommand('training', 'training.move-session.v1', {
  payload: z.object({ classId: id(), sessionId: id(), day: day(), part: sessionPart(), reason: text(2000), seenVersion }),
  reply: classMoved,
});
