import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../contract.js';
import { agencyCode, day, deadline, documentNumber, id, instant, level, pageAsk, pageOf, seenVersion, text } from '../values.js';
import { escalationView } from './escalations.js';
import { extensionGrounds } from './extensions.js';
import { historyEntry } from './history.js';

const obligationMoved = z.object({
  obligationId: id(),
  state: z.enum(['open', 'fulfilled', 'waived', 'cancelled']),
  generation: z.int(),
  dueOn: day(),
  version: z.int(),
});

/** A new deadline by the creditor's decision: the pending steps are superseded and the next generation of the ladder begins. */
export const extendObligation = defineCommand('planning', 'planning.extend-obligation.v1', {
  payload: z.object({
    obligationId: id(),
    deadline: deadline(),
    reason: text(2000),
    /** `ordinary` unless it says otherwise. */
    ground: z.enum(extensionGrounds).optional(),
    /** Number of the decision; force majeure needs one. */
    decision: documentNumber().optional(),
    seenVersion,
  }),
  reply: obligationMoved,
});

/** Another agency owes it from now on, by the same deadline; the ladder begins anew for it. */
export const reassignObligation = defineCommand('planning', 'planning.reassign-obligation.v1', {
  payload: z.object({
    obligationId: id(),
    toAgency: agencyCode(),
    reason: text(2000),
    /** Number of the decision, where there is one. */
    decision: documentNumber().optional(),
    seenVersion,
  }),
  reply: obligationMoved,
});

export const waiveObligation = defineCommand('planning', 'planning.waive-obligation.v1', {
  payload: z.object({ obligationId: id(), reason: text(2000), seenVersion }),
  reply: obligationMoved,
});

/** These are no longer owed, or owed by another date: mail about them that has not left must not say otherwise. */
export const obligationsSettled = defineEvent(
  'planning',
  'planning.obligations-settled.v1',
  z.object({
    obligationIds: z.array(id()).min(1).max(1000),
    outcome: z.enum(['fulfilled', 'waived', 'extended', 'cancelled', 'acknowledged', 'reassigned', 'suspended', 'rescheduled']),
    at: instant(),
  }),
);

/** What is owed for a thing of another service: its class or its ceremony. */
export const trackedKinds = ['nomination-list', 'class-report', 'data-request', 'checklist-item', 'result-report'] as const;

/** What can be owed. Each is chased by the same engine; only its words differ. */
export const obligationKinds = [
  'periodic-report',
  'thematic-report',
  'ad-hoc-report',
  'approval-submission',
  'approval-answer',
  'extension-answer',
  'inspection-finding',
  ...trackedKinds,
] as const;
export type ObligationKind = (typeof obligationKinds)[number];

/** In time or not, by one way of counting; `not-yet` while it is neither fulfilled nor over. */
export const punctualities = ['on-time', 'late', 'not-yet'] as const;

export const obligationStates = ['open', 'fulfilled', 'waived', 'cancelled'] as const;

export const obligationView = z
  .object({
    obligationId: id(),
    planId: id(),
    kind: z.enum(obligationKinds),
    /** The task it belongs to, where it belongs to one. */
    taskId: id().nullable(),
    title: z.string(),
    titleEn: z.string(),
    period: z.string(),
    debtor: agencyCode(),
    creditor: agencyCode(),
    reportId: id().nullable(),
    state: z.enum(obligationStates),
    /** Derived at the moment of asking, never stored. */
    overdue: z.boolean(),
    late: z.boolean(),
    workingDaysLate: z.int(),
    dueOn: day(),
    originalDueOn: day(),
    /** Whether it was first fulfilled in time: by the first deadline, by that with ordinary extensions, and with force majeure and suspensions too. */
    onTime: z.object({
      raw: z.enum(punctualities),
      withExtensions: z.enum(punctualities),
      withForceMajeure: z.enum(punctualities),
    }),
    generation: z.int(),
    /** The most serious step that has fired in this generation. */
    level: level().nullable(),
    next: z.object({ rung: z.string(), level: level(), dueAt: instant() }).nullable(),
    /** Its ladder stands still, since that day; meanwhile nothing of it becomes overdue. */
    suspension: z.object({ suspensionId: id(), decision: z.string(), since: day() }).nullable(),
    openedAt: instant(),
    settledAt: instant().nullable(),
    settledReason: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Obligation' });

export const stepView = z
  .object({
    stepId: id(),
    generation: z.int(),
    rung: z.string(),
    level: level(),
    track: z.enum(['debtor', 'superior']),
    plannedAt: instant(),
    dueAt: instant(),
    /** `held` waits for a suspension to end. */
    state: z.enum(['pending', 'held', 'fired', 'superseded', 'skipped']),
    decidedAt: instant().nullable(),
    /** Moment whose mail carried the step; mails of it are found under `/messages?obligation=`. */
    slot: instant().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'Step' });

export const listObligations = defineQuery('planning', 'planning.list-obligations.v1', {
  payload: z.object({
    state: z.enum(obligationStates).optional(),
    overdue: z.boolean().optional(),
    agency: agencyCode().optional(),
    /** Told at this level at least once, in any generation. */
    level: level().optional(),
    dueFrom: day().optional(),
    dueTo: day().optional(),
    ...pageAsk,
  }),
  reply: pageOf(obligationView),
});

export const getObligation = defineQuery('planning', 'planning.get-obligation.v1', {
  payload: z.object({ obligationId: id() }),
  reply: obligationView
    .extend({ steps: z.array(stepView), escalations: z.array(escalationView), history: z.array(historyEntry) })
    .meta({ id: 'ObligationStory' }),
});

/** Findings of the ledger's auditor: open obligations without a next step or a recorded reason, and steps left behind. Empty means it holds. */
export const auditLedger = defineQuery('planning', 'planning.audit-ledger.v1', {
  payload: z.object({}),
  reply: z.object({
    checkedAt: instant(),
    holds: z.boolean(),
    openObligations: z.int(),
    findings: z.array(z.object({ code: z.string(), obligationId: id().nullable(), message: z.string() })),
  }),
});
