import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { sealed } from '../sealed.js';
import { agencyCode, day, id, instant, level, origin, pageAsk, pageOf, text } from '../values.js';
import { contactRoles } from './agencies.js';

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

/** A plan as another one names it. */
const planName = z.object({ planId: id(), documentNumber: z.string(), issuedOn: day(), title: z.string() });

/** Obligations of one plan, without those of its sub-plans. */
const owed = z.object({ total: z.int(), open: z.int(), overdue: z.int() });

export const planSummary = z
  .object({
    planId: id(),
    documentNumber: z.string(),
    title: z.string(),
    year: z.int(),
    field: z.string(),
    signatory: z.string(),
    issuedOn: day(),
    effectiveOn: day(),
    endsOn: day(),
    issuer: agencyCode(),
    standingAgency: agencyCode(),
    cityOffice: agencyCode(),
    /** The plan that this one carries out; null for a plan that stands alone. */
    parent: planName.nullable(),
    obligations: owed,
    /** Plans that carry out this one, each with its own obligations: `obligations` above has none of them. */
    subPlans: z.array(planName.extend({ issuer: agencyCode(), obligations: owed })),
    legalBases: z.array(z.object({ documentNumber: z.string(), issuedOn: day(), issuer: z.string(), title: z.string(), ...origin })),
    version: z.int(),
  })
  .meta({ id: 'Plan' });

export const listPlans = defineQuery('planning', 'planning.list-plans.v1', { payload: z.object(pageAsk), reply: pageOf(planSummary) });

export const getPlan = defineQuery('planning', 'planning.get-plan.v1', { payload: z.object({ planId: id() }), reply: planSummary });

/** Every mail that the plan will send if nobody submits anything: what the ladder says, before it happens. */
export const forecastPlan = defineQuery('planning', 'planning.forecast-plan.v1', {
  payload: z.object({ planId: id(), from: day().optional(), to: day().optional() }),
  reply: z.object({
    mails: z.array(
      z.object({
        slot: instant(),
        agency: agencyCode(),
        role: z.enum(contactRoles),
        level: level(),
        items: z.array(z.object({ title: z.string(), period: z.string(), debtor: agencyCode(), rung: z.string(), dueOn: day() })),
      }),
    ),
  }),
});

const settled = owed.extend({ fulfilledOnTime: z.int(), fulfilledLate: z.int(), waived: z.int() });

/** Figures of a plan: what was owed, what was done about it, and when. Counts only. */
export const summarisePlan = defineQuery('planning', 'planning.summarise-plan.v1', {
  payload: z.object({ planId: id() }),
  reply: z.object({
    asOf: instant(),
    /** The plan's own, as all other figures here. */
    obligations: settled,
    /** All plans below it, however deep, each once; no other figure has any of it. */
    subPlans: z.object({ count: z.int(), obligations: settled }),
    /** `held` waits for a suspension to end. */
    steps: z.object({ pending: z.int(), held: z.int(), fired: z.int(), superseded: z.int(), skipped: z.int() }),
    reminders: z.int(),
    chasings: z.int(),
    escalationsToStanding: z.int(),
    escalationsToCity: z.int(),
    /** Items for the city office's list that were prepared, whatever became of them. */
    itemsForCity: z.int(),
  }),
});
