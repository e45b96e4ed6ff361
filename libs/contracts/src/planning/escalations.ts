import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { agencyCode, day, id, instant, pageAsk, pageOf, seenVersion, text } from '../values.js';
import { historyEntry } from './history.js';

/**
 * Something is overdue; a contact or a whole agency cannot be written to; an agency ended and nobody owes what it owed; the days off of the next year
 * are not decided or not loaded.
 */
export const escalationKinds = ['overdue', 'unreachable', 'no-successor', 'calendar-missing'] as const;
export const escalationLevels = ['standing-agency', 'city-office'] as const;
export const escalationStates = ['raised', 'acknowledged', 'resolved'] as const;

/** "We are on it" until the end of a day; then the ladder goes on. */
export const acknowledgeEscalation = defineCommand('planning', 'planning.acknowledge-escalation.v1', {
  payload: z.object({ escalationId: id(), until: day(), note: text(2000), seenVersion }),
  reply: z.object({ escalationId: id(), state: z.literal('acknowledged'), until: day(), stepsHeld: z.int(), version: z.int() }),
});

const escalationChanged = z.object({
  escalationId: id(),
  state: z.enum(escalationStates),
  assigneeId: id().nullable(),
  version: z.int(),
});

/** Who sees to a case: a contact of the agency at its level, or nobody any more. */
export const assignEscalation = defineCommand('planning', 'planning.assign-escalation.v1', {
  payload: z.object({ escalationId: id(), contactId: id().nullable(), note: text(2000).optional(), seenVersion }),
  reply: escalationChanged,
});

/** What was found out or agreed; the case stays as it is. */
export const noteEscalation = defineCommand('planning', 'planning.note-escalation.v1', {
  payload: z.object({ escalationId: id(), note: text(2000), seenVersion }),
  reply: escalationChanged,
});

/** The case is settled, for a reason. What is owed stays owed and goes on being chased. */
export const resolveEscalation = defineCommand('planning', 'planning.resolve-escalation.v1', {
  payload: z.object({ escalationId: id(), reason: text(2000), seenVersion }),
  reply: escalationChanged,
});

export const escalationView = z
  .object({
    escalationId: id(),
    kind: z.enum(escalationKinds),
    level: z.enum(escalationLevels),
    state: z.enum(escalationStates),
    obligationId: id().nullable(),
    agency: agencyCode(),
    contactId: id().nullable(),
    /** The year whose days off are wanted, for `calendar-missing`. */
    calendarYear: z.int().nullable(),
    raisedAt: instant(),
    acknowledgedUntil: day().nullable(),
    acknowledgedBy: z.string().nullable(),
    /** Contact who sees to it. */
    assigneeId: id().nullable(),
    note: z.string().nullable(),
    resolvedAt: instant().nullable(),
    resolution: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Escalation' });

export const listEscalations = defineQuery('planning', 'planning.list-escalations.v1', {
  payload: z.object({
    state: z.enum(escalationStates).optional(),
    /** The agency that it is about. */
    agency: agencyCode().optional(),
    level: z.enum(escalationLevels).optional(),
    kind: z.enum(escalationKinds).optional(),
    /** Contact who sees to it. */
    assigneeId: id().optional(),
    ...pageAsk,
  }),
  reply: pageOf(escalationView),
});

export const getEscalation = defineQuery('planning', 'planning.get-escalation.v1', {
  payload: z.object({ escalationId: id() }),
  reply: escalationView.extend({ history: z.array(historyEntry) }).meta({ id: 'EscalationStory' }),
});
