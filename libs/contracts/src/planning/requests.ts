import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { agencyCode, day, deadline, id, pageAsk, pageOf, text } from '../values.js';
import { reportForm } from './report-form.js';

/** On one theme, or about an unusual matter (Decree 09/2019/NĐ-CP): asked for once. */
export const requestTypes = ['THEMATIC', 'AD_HOC'] as const;

/** Days that the figures cover, both included. */
const dataWindow = z.object({ from: day(), to: day() });

/** Asks chosen agencies for a report, once: each of them owes it from now on and is chased for it. */
export const requestReports = defineCommand('planning', 'planning.request-reports.v1', {
  payload: z.object({
    planId: id(),
    type: z.enum(requestTypes),
    title: text(300),
    titleEn: text(300),
    reporters: z.array(agencyCode()).min(1).max(1000),
    /** The standing agency of the plan unless said. */
    receiver: agencyCode().optional(),
    deadline: deadline(),
    window: dataWindow.optional(),
    form: reportForm().default([]),
    /** The document or the decision that asks for it. */
    basis: text(500),
    /** A ladder that the plan was imported with. */
    ladder: text(40).default('default'),
    taskId: id().optional(),
  }),
  reply: z.object({
    requirementId: id(),
    code: z.string(),
    receiver: agencyCode(),
    dueOn: day(),
    opened: z.array(z.object({ agency: agencyCode(), reportId: id(), obligationId: id() })),
  }),
});

/** What is still owed of it is owed no longer; what was handed in stays. */
export const withdrawRequest = defineCommand('planning', 'planning.withdraw-request.v1', {
  payload: z.object({ requirementId: id(), reason: text(2000) }),
  reply: z.object({ requirementId: id(), code: z.string(), cancelled: z.int(), kept: z.int() }),
});

export const requestView = z
  .object({
    requirementId: id(),
    planId: id(),
    code: z.string(),
    type: z.enum(requestTypes),
    title: z.string(),
    titleEn: z.string(),
    receiver: agencyCode(),
    deadline: deadline(),
    basis: z.string(),
    taskId: id().nullable(),
    withdrawn: z.boolean(),
    /** Obligations that it opened, and how many of them are open still. */
    asked: z.int(),
    open: z.int(),
  })
  .meta({ id: 'ReportRequest' });

export const listRequests = defineQuery('planning', 'planning.list-requests.v1', {
  payload: z.object({ planId: id().optional(), withdrawn: z.boolean().optional(), ...pageAsk }),
  reply: pageOf(requestView),
});
