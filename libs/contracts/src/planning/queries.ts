import { z } from 'zod';
import { defineQuery } from '../contract.js';
import { sealed } from '../sealed.js';
import { agencyCode, day, id, instant, level, pageAsk, pageOf, serviceStatus } from '../values.js';
import { contactRoles } from './events.js';

/** `assumption` is set where the plan does not state the fact; `seedId` names the row of the seed checklist that does. */
const origin = { seedId: z.string().nullable(), assumption: z.string().nullable() };

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
    legalBases: z.array(z.object({ documentNumber: z.string(), issuedOn: day(), issuer: z.string(), title: z.string(), ...origin })),
    version: z.int(),
  })
  .meta({ id: 'Plan' });

export const agencyView = z
  .object({
    agencyId: id(),
    code: agencyCode(),
    name: z.string(),
    nameEn: z.string(),
    shortName: z.string(),
    kind: z.string(),
    reportsTo: agencyCode().nullable(),
    validFrom: day(),
    validTo: day().nullable(),
    successor: agencyCode().nullable(),
    contacts: z.array(
      z.object({
        contactId: id(),
        role: z.enum(contactRoles),
        name: sealed(z.string()),
        email: sealed(z.string()),
        phone: sealed(z.string()).nullable(),
        reachable: z.boolean(),
      }),
    ),
    ...origin,
  })
  .meta({ id: 'Agency' });

export const taskView = z
  .object({
    taskId: id(),
    planId: id(),
    code: z.string(),
    title: z.string(),
    lead: agencyCode(),
    coordinators: z.array(agencyCode()),
    timeText: z.string(),
    startsOn: day().nullable(),
    dueOn: day().nullable(),
    budgetSource: z.string().nullable(),
    output: z.string().nullable(),
    ...origin,
  })
  .meta({ id: 'Task' });

export const obligationStates = ['open', 'fulfilled', 'waived', 'cancelled'] as const;

export const obligationView = z
  .object({
    obligationId: id(),
    planId: id(),
    kind: z.enum(['periodic-report']),
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
    generation: z.int(),
    /** The most serious step that has fired in this generation. */
    level: level().nullable(),
    next: z.object({ rung: z.string(), level: level(), dueAt: instant() }).nullable(),
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
    state: z.enum(['pending', 'fired', 'superseded', 'skipped']),
    decidedAt: instant().nullable(),
    /** Moment whose mail carried the step; mails of it are found under `/messages?obligation=`. */
    slot: instant().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'Step' });

export const escalationView = z
  .object({
    escalationId: id(),
    kind: z.enum(['overdue', 'unreachable']),
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

export const reportView = z
  .object({
    reportId: id(),
    requirement: z.string(),
    title: z.string(),
    titleEn: z.string(),
    agency: agencyCode(),
    receiver: agencyCode(),
    periodKey: z.string(),
    period: z.string(),
    windowFrom: day(),
    windowTo: day(),
    dueOn: day(),
    state: z.enum(['draft', 'submitted', 'returned', 'accepted']),
    late: z.boolean(),
    obligationId: id(),
    submittedAt: instant().nullable(),
    returnedReason: z.string().nullable(),
    note: z.string(),
    version: z.int(),
  })
  .meta({ id: 'Report' });

export const listPlans = defineQuery('planning', 'planning.list-plans.v1', { payload: z.object(pageAsk), reply: pageOf(planSummary) });
export const getPlan = defineQuery('planning', 'planning.get-plan.v1', { payload: z.object({ planId: id() }), reply: planSummary });
export const listAgencies = defineQuery('planning', 'planning.list-agencies.v1', { payload: z.object(pageAsk), reply: pageOf(agencyView) });
export const listTasks = defineQuery('planning', 'planning.list-tasks.v1', {
  payload: z.object({ planId: id().optional(), lead: agencyCode().optional(), ...pageAsk }),
  reply: pageOf(taskView),
});
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
export const listReports = defineQuery('planning', 'planning.list-reports.v1', {
  payload: z.object({
    state: z.enum(['draft', 'submitted', 'returned', 'accepted']).optional(),
    agency: agencyCode().optional(),
    periodKey: z.string().max(20).optional(),
    ...pageAsk,
  }),
  reply: pageOf(reportView),
});
export const getReport = defineQuery('planning', 'planning.get-report.v1', { payload: z.object({ reportId: id() }), reply: reportView });
export const listEscalations = defineQuery('planning', 'planning.list-escalations.v1', {
  payload: z.object({ state: z.enum(['raised', 'acknowledged', 'resolved']).optional(), agency: agencyCode().optional(), ...pageAsk }),
  reply: pageOf(escalationView),
});
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
/** Figures of a plan: what was owed, what was done about it, and when. Counts only. */
export const summarisePlan = defineQuery('planning', 'planning.summarise-plan.v1', {
  payload: z.object({ planId: id() }),
  reply: z.object({
    asOf: instant(),
    obligations: z.object({
      total: z.int(),
      open: z.int(),
      overdue: z.int(),
      fulfilledOnTime: z.int(),
      fulfilledLate: z.int(),
      waived: z.int(),
    }),
    steps: z.object({ pending: z.int(), fired: z.int(), superseded: z.int(), skipped: z.int() }),
    reminders: z.int(),
    chasings: z.int(),
    escalationsToStanding: z.int(),
    escalationsToCity: z.int(),
  }),
});
export const planningStatus = defineQuery('planning', 'planning.status.v1', { payload: z.object({}), reply: serviceStatus });
