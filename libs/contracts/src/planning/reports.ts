import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { agencyCode, day, id, instant, pageAsk, pageOf, seenVersion, text } from '../values.js';

/**
 * Being written, handed in, sent back, taken; then put into the superior's report, and closed with it. Excluded: left out of a consolidation for a
 * reason (Circular 08/2019/TT-BTP).
 */
export const reportStates = ['draft', 'submitted', 'returned', 'accepted', 'consolidated', 'closed', 'excluded'] as const;
export type ReportState = (typeof reportStates)[number];

const reportMoved = z.object({
  reportId: id(),
  state: z.enum(reportStates),
  version: z.int(),
  at: instant(),
  late: z.boolean(),
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
    /** Days that the figures cover; null for a report asked for without one. */
    windowFrom: day().nullable(),
    windowTo: day().nullable(),
    dueOn: day(),
    state: z.enum(reportStates),
    late: z.boolean(),
    obligationId: id(),
    submittedAt: instant().nullable(),
    returnedReason: z.string().nullable(),
    note: z.string(),
    version: z.int(),
  })
  .meta({ id: 'Report' });

export const listReports = defineQuery('planning', 'planning.list-reports.v1', {
  payload: z.object({
    state: z.enum(reportStates).optional(),
    agency: agencyCode().optional(),
    periodKey: z.string().max(20).optional(),
    ...pageAsk,
  }),
  reply: pageOf(reportView),
});

export const getReport = defineQuery('planning', 'planning.get-report.v1', { payload: z.object({ reportId: id() }), reply: reportView });
