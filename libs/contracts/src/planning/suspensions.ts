import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { agencyCode, day, documentNumber, id, instant, pageAsk, pageOf, seenVersion, text } from '../values.js';

/** `withdrawn` ended before its first day. */
export const suspensionStates = ['planned', 'running', 'ended', 'withdrawn'] as const;

const suspensionMoved = z.object({
  suspensionId: id(),
  state: z.enum(suspensionStates),
  version: z.int(),
  at: instant(),
});

/** A plan, or one task of it, stands still by a decision, an epidemic for one (SEED-42): its ladders wait. */
export const suspend = defineCommand('planning', 'planning.suspend.v1', {
  payload: z.object({
    planId: id(),
    /** Code of the task; the whole plan where it is left out. */
    task: text(20).optional(),
    decision: documentNumber(),
    reason: text(2000),
    /** First day, also one that is over; today where it is left out. */
    fromOn: day().optional(),
    /** Last day, where the decision names one: it ends by itself in the night after. */
    untilOn: day().optional(),
  }),
  reply: suspensionMoved.extend({ obligationsHeld: z.int(), tasksSuspended: z.int() }),
});

/** It goes on from today: ladders and deadlines move forward by the working days that they stood still. Before its first day it is withdrawn. */
export const resume = defineCommand('planning', 'planning.resume.v1', {
  payload: z.object({ suspensionId: id(), decision: documentNumber(), reason: text(2000), seenVersion }),
  reply: suspensionMoved.extend({ obligationsResumed: z.int(), deadlinesMoved: z.int(), stepsMoved: z.int(), tasksResumed: z.int() }),
});

export const suspensionView = z
  .object({
    suspensionId: id(),
    planId: id(),
    plan: z.string(),
    /** Code of the task; null: the whole plan. */
    task: z.string().nullable(),
    state: z.enum(suspensionStates),
    decision: z.string(),
    reason: z.string(),
    fromOn: day(),
    untilOn: day().nullable(),
    recordedAt: instant(),
    recordedBy: z.string(),
    startedAt: instant().nullable(),
    endedAt: instant().nullable(),
    endedBy: z.string().nullable(),
    /** First day on which ladders went on. */
    resumedOn: day().nullable(),
    endDecision: z.string().nullable(),
    endReason: z.string().nullable(),
    /** What stands still under it now. */
    obligationsHeld: z.int(),
    /** What moved when it ended. */
    deadlinesMoved: z.int(),
    stepsMoved: z.int(),
    version: z.int(),
  })
  .meta({ id: 'Suspension' });

export const listSuspensions = defineQuery('planning', 'planning.list-suspensions.v1', {
  payload: z.object({ planId: id().optional(), state: z.enum(suspensionStates).optional(), ...pageAsk }),
  reply: pageOf(suspensionView),
});

export const getSuspension = defineQuery('planning', 'planning.get-suspension.v1', {
  payload: z.object({ suspensionId: id() }),
  reply: suspensionView
    .extend({
      /** Deadlines that moved, a thousand at most; `deadlinesMoved` counts all, and each stands in the history of its obligation. */
      moved: z.array(z.object({ obligationId: id(), debtor: agencyCode(), title: z.string(), period: z.string(), from: day(), to: day() })),
    })
    .meta({ id: 'SuspensionInFull' }),
});
