import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { agencyCode, day, id, pageAsk, pageOf, seenVersion, text } from '../values.js';
import { historyEntry } from './history.js';
import { obligationStates } from './obligations.js';

export const inspectionStates = ['planned', 'held', 'cancelled'] as const;
export type InspectionState = (typeof inspectionStates)[number];

/** Owed, answered by the inspected agency, and closed when the answer is enough. */
export const findingStates = ['open', 'answered', 'closed'] as const;
export type FindingState = (typeof findingStates)[number];

const inspectionMoved = z.object({ inspectionId: id(), state: z.enum(inspectionStates), version: z.int() });
const findingMoved = z.object({ findingId: id(), inspectionId: id(), state: z.enum(findingStates), obligationId: id(), version: z.int() });

/** A visit that looks how an agency, or one task of it, gets on (SEED-43). */
export const planInspection = defineCommand('planning', 'planning.plan-inspection.v1', {
  payload: z.object({
    planId: id(),
    /** The task that is looked at; left out where the visit is about the agency as a whole. */
    taskId: id().optional(),
    /** Who is inspected. */
    agency: agencyCode(),
    /** Who inspects: the plan's standing agency where it is left out, or the plan's issuer when that one is inspected itself. */
    lead: agencyCode().optional(),
    /** Today or later. */
    plannedOn: day(),
  }),
  reply: inspectionMoved,
});

/** The visit took place. Each finding is owed by the inspected agency until its day, and is chased. */
export const holdInspection = defineCommand('planning', 'planning.hold-inspection.v1', {
  payload: z.object({
    inspectionId: id(),
    /** Today where it is left out; never a day to come. */
    heldOn: day().optional(),
    summary: text(4000),
    findings: z
      .array(
        z.object({
          text: text(1000),
          /** What is to be done about it. */
          remedy: text(1000),
          /** No later than this day; a day off rolls to the next working day. */
          due: day(),
        }),
      )
      .max(50)
      .default([]),
    seenVersion,
  }),
  reply: inspectionMoved.extend({ findings: z.array(z.object({ findingId: id(), obligationId: id(), dueOn: day() })) }),
});

export const cancelInspection = defineCommand('planning', 'planning.cancel-inspection.v1', {
  payload: z.object({ inspectionId: id(), reason: text(2000), seenVersion }),
  reply: inspectionMoved,
});

/** The inspected agency says what it did: its obligation is fulfilled. */
export const answerFinding = defineCommand('planning', 'planning.answer-finding.v1', {
  payload: z.object({ findingId: id(), answer: text(4000), seenVersion }),
  reply: findingMoved,
});

/** The answer is enough. */
export const closeFinding = defineCommand('planning', 'planning.close-finding.v1', {
  payload: z.object({ findingId: id(), seenVersion }),
  reply: findingMoved,
});

/** The answer is not enough: it is owed again, by another day. */
export const reopenFinding = defineCommand('planning', 'planning.reopen-finding.v1', {
  payload: z.object({ findingId: id(), reason: text(2000), due: day(), seenVersion }),
  reply: findingMoved.extend({ dueOn: day() }),
});

export const findingView = z
  .object({
    findingId: id(),
    /** 1 is the first of its inspection. */
    ordinal: z.int(),
    text: z.string(),
    remedy: z.string(),
    state: z.enum(findingStates),
    answer: z.string().nullable(),
    obligationId: id(),
    obligationState: z.enum(obligationStates),
    dueOn: day(),
    /** Derived at the moment of asking, never stored. */
    overdue: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'Finding' });

export const inspectionView = z
  .object({
    inspectionId: id(),
    planId: id(),
    taskId: id().nullable(),
    task: z.string().nullable(),
    agency: agencyCode(),
    lead: agencyCode(),
    plannedOn: day(),
    heldOn: day().nullable(),
    state: z.enum(inspectionStates),
    summary: z.string().nullable(),
    findings: z.array(findingView),
    version: z.int(),
  })
  .meta({ id: 'Inspection' });

export const listInspections = defineQuery('planning', 'planning.list-inspections.v1', {
  payload: z.object({
    planId: id().optional(),
    agency: agencyCode().optional(),
    state: z.enum(inspectionStates).optional(),
    /** With at least one finding in this state. */
    finding: z.enum(findingStates).optional(),
    ...pageAsk,
  }),
  reply: pageOf(inspectionView),
});

export const getInspection = defineQuery('planning', 'planning.get-inspection.v1', {
  payload: z.object({ inspectionId: id() }),
  reply: inspectionView.extend({ history: z.array(historyEntry) }).meta({ id: 'InspectionStory' }),
});
