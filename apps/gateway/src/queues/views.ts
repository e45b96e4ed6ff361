import { z } from 'zod';
import { lanes, type Lane } from '#contracts';
import { type DeadLetter, type DeadLetterGroup, type LaneState } from '#messaging/asking';

/* What the queue pages answer: the types of the lane inspector, as schemas for the documentation. */

const lane = z.enum(Object.keys(lanes) as [Lane, ...Lane[]]);

const laneState = z
  .object({
    lane,
    waiting: z.int(),
    active: z.int(),
    delayed: z.int(),
    failed: z.int().meta({ description: 'Dead letters' }),
    completed: z.int().meta({ description: 'Finished ones that are still kept' }),
    oldestWaitingSeconds: z.number().meta({ description: 'Real seconds' }),
    workers: z.int().meta({ description: '0: nobody takes what comes here' }),
  })
  .meta({ id: 'LaneState' }) satisfies z.ZodType<LaneState>;
export const lanesReply = z.object({ items: z.array(laneState) });

const group = z
  .object({ lane, cause: z.string(), count: z.int(), names: z.array(z.string()), newest: z.iso.datetime() })
  .meta({ id: 'DeadLetterGroup' }) satisfies z.ZodType<DeadLetterGroup>;
export const groupsReply = z.object({ items: z.array(group) });

export const deadLetter = z
  .object({
    lane,
    messageId: z.string(),
    name: z.string(),
    cause: z.string().meta({ description: 'The reason without what differs from message to message' }),
    reason: z.string(),
    attempts: z.int(),
    failedAt: z.iso.datetime(),
    correlationId: z.string().nullable(),
    payload: z.unknown().meta({ description: 'As it travelled; personal data is sealed' }),
  })
  .meta({ id: 'DeadLetter' }) satisfies z.ZodType<DeadLetter>;
export const deadLettersReply = z.object({ items: z.array(deadLetter), next: z.string().nullable() });

export const replayReply = z.object({
  replayed: z.int(),
  skipped: z.int().meta({ description: 'No longer dead when their turn came' }),
});
