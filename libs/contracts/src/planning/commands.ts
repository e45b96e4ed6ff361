import { z } from 'zod';
import { defineCommand } from '../contract.js';
import { sealed } from '../sealed.js';
import { day, id, instant, text } from '../values.js';

const reportMoved = z.object({
  reportId: id(),
  state: z.enum(['draft', 'submitted', 'returned', 'accepted']),
  version: z.int(),
  at: instant(),
  late: z.boolean(),
});
const obligationMoved = z.object({
  obligationId: id(),
  state: z.enum(['open', 'fulfilled', 'waived', 'cancelled']),
  generation: z.int(),
  dueOn: day(),
  version: z.int(),
});

/** Version that the caller last saw. When given and no longer true the command is refused with `changed-meanwhile` and what changed. */
const seenVersion = z.int().nonnegative().optional();

/** The whole plan file (`plans/*.yaml`) as text. It names people, so it travels sealed. Importing the same text again changes nothing. */
export const importPlan = defineCommand('planning', 'planning.import-plan.v1', {
  payload: z.object({ fileName: text(200), yaml: sealed(z.string().max(2_000_000)) }),
  reply: z.object({
    planId: id(),
    documentNumber: z.string(),
    changed: z.boolean(),
    /** Each thing that the import created, changed or retired, with the names of its fields that changed: never values, which may be personal. */
    changes: z.array(
      z.object({ what: z.string(), key: z.string(), change: z.enum(['added', 'changed', 'retired']), fields: z.array(z.string()) }),
    ),
    reportsOpened: z.int(),
  }),
});

export const submitReport = defineCommand('planning', 'planning.submit-report.v1', {
  payload: z.object({ reportId: id(), note: z.string().trim().normalize('NFC').max(4000).default(''), seenVersion }),
  reply: reportMoved,
});

/** Back to the agency, which owes it again: by `resubmitOn`, or by the later of its deadline and three working days from now. */
export const returnReport = defineCommand('planning', 'planning.return-report.v1', {
  payload: z.object({ reportId: id(), reason: text(2000), resubmitOn: day().optional(), seenVersion }),
  reply: reportMoved,
});

export const acceptReport = defineCommand('planning', 'planning.accept-report.v1', {
  payload: z.object({ reportId: id(), seenVersion }),
  reply: reportMoved,
});

/** A new deadline by the creditor's decision: the pending steps are superseded and the next generation of the ladder begins. */
export const extendObligation = defineCommand('planning', 'planning.extend-obligation.v1', {
  payload: z.object({
    obligationId: id(),
    deadline: z.object({ word: z.enum(['NO_LATER_THAN', 'BEFORE']), date: day() }),
    reason: text(2000),
    seenVersion,
  }),
  reply: obligationMoved,
});

export const waiveObligation = defineCommand('planning', 'planning.waive-obligation.v1', {
  payload: z.object({ obligationId: id(), reason: text(2000), seenVersion }),
  reply: obligationMoved,
});

/** "We are on it" until the end of a day; then the ladder goes on. */
export const acknowledgeEscalation = defineCommand('planning', 'planning.acknowledge-escalation.v1', {
  payload: z.object({ escalationId: id(), until: day(), note: text(2000) }),
  reply: z.object({ escalationId: id(), state: z.literal('acknowledged'), until: day(), stepsHeld: z.int() }),
});
