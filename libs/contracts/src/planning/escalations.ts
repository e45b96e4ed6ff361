import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { agencyCode, day, id, instant, pageAsk, pageOf, text } from '../values.js';

/** "We are on it" until the end of a day; then the ladder goes on. */
export const acknowledgeEscalation = defineCommand('planning', 'planning.acknowledge-escalation.v1', {
  payload: z.object({ escalationId: id(), until: day(), note: text(2000) }),
  reply: z.object({ escalationId: id(), state: z.literal('acknowledged'), until: day(), stepsHeld: z.int() }),
});

/** Something is overdue; a contact or a whole agency cannot be written to; an agency ended and nobody owes what it owed. */
export const escalationKinds = ['overdue', 'unreachable', 'no-successor'] as const;

export const escalationView = z
  .object({
    escalationId: id(),
    kind: z.enum(escalationKinds),
    level: z.enum(['standing-agency', 'city-office']),
    state: z.enum(['raised', 'acknowledged', 'resolved']),
    obligationId: id().nullable(),
    agency: agencyCode(),
    contactId: id().nullable(),
    raisedAt: instant(),
    acknowledgedUntil: day().nullable(),
    acknowledgedBy: z.string().nullable(),
    note: z.string().nullable(),
    resolvedAt: instant().nullable(),
    resolution: z.string().nullable(),
  })
  .meta({ id: 'Escalation' });

export const listEscalations = defineQuery('planning', 'planning.list-escalations.v1', {
  payload: z.object({ state: z.enum(['raised', 'acknowledged', 'resolved']).optional(), agency: agencyCode().optional(), ...pageAsk }),
  reply: pageOf(escalationView),
});
