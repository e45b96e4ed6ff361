import { z } from 'zod';
import { defineQuery } from '../contract.js';
import { id, instant, pageAsk, pageOf } from '../values.js';

/** Things whose changes are recorded: who, when, why. */
export const historySubjects = [
  'obligation',
  'task',
  'inspection',
  'approval',
  'budget',
  'report',
  'agency',
  'extension',
  'delegation',
  'escalation',
  'suspension',
  'document',
  'plan',
] as const;
export type HistorySubject = (typeof historySubjects)[number];

export const historyEntry = z
  .object({
    at: instant(),
    what: z.string(),
    actor: z.string(),
    reason: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()),
    /** The story it belongs to: the same id stands in every log line, in the mails that followed and in the answer to whoever caused it. */
    correlationId: id(),
  })
  .meta({ id: 'HistoryEntry' });

/** Who did what to a thing, when and why, oldest first. */
export const readHistory = defineQuery('planning', 'planning.read-history.v1', {
  payload: z.object({ subject: z.enum(historySubjects), subjectId: id(), ...pageAsk }),
  reply: pageOf(historyEntry),
});
