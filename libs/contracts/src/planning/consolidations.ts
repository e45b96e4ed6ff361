import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { agencyCode, day, id, instant, level, seenVersion, text } from '../values.js';
import { figures, reportForm } from './report-form.js';
import { reportStates } from './reports.js';

const consolidationMoved = z.object({ upwardReportId: id(), reportId: id(), version: z.int(), at: instant() });

/** Takes every accepted report in. May be repeated until the consolidating report is handed in; handing it in does the same. */
export const consolidateReports = defineCommand('planning', 'planning.consolidate-reports.v1', {
  payload: z.object({ upwardReportId: id(), seenVersion }),
  reply: z.object({
    upwardReportId: id(),
    state: z.enum(reportStates),
    version: z.int(),
    at: instant(),
    in: z.int(),
    missing: z.int(),
    excluded: z.int(),
  }),
});

/** Left out, for a reason. What is still owed is owed no longer. `seenVersion` is the one of the consolidating report. */
export const excludeReport = defineCommand('planning', 'planning.exclude-report.v1', {
  payload: z.object({ upwardReportId: id(), reportId: id(), reason: text(2000), seenVersion }),
  reply: consolidationMoved,
});

/** Takes an exclusion back, while the consolidating report is being written. What it waived is owed again. */
export const includeReport = defineCommand('planning', 'planning.include-report.v1', {
  payload: z.object({ upwardReportId: id(), reportId: id(), reason: text(2000), seenVersion }),
  reply: consolidationMoved,
});

export const consolidationView = z
  .object({
    reportId: id(),
    requirement: z.string(),
    agency: agencyCode(),
    periodKey: z.string(),
    period: z.string(),
    state: z.enum(reportStates),
    version: z.int(),
    /** It can still change: its report is a draft or was returned. */
    open: z.boolean(),
    counts: z.object({ in: z.int(), ready: z.int(), missing: z.int(), excluded: z.int() }),
    inputs: z.array(
      z.object({
        reportId: id(),
        requirement: z.string(),
        agency: agencyCode(),
        periodKey: z.string(),
        /** `ready`: accepted, and not taken in yet. Once the consolidating report is handed in: how it stood at that moment. */
        standing: z.enum(['in', 'ready', 'missing', 'excluded']),
        edition: z.int().nullable(),
        reason: z.string().nullable(),
        /** Of the report, now. */
        state: z.enum(reportStates),
        obligationId: id(),
        dueOn: day(),
        overdue: z.boolean(),
        /** How far it has been chased; null when nothing was said or nothing is owed. */
        level: level().nullable(),
        version: z.int(),
      }),
    ),
    /** Per requirement, of the reports that are in: numbers marked `sum`, and one row of totals per table. */
    sums: z.array(z.object({ requirement: z.string(), reports: z.int(), form: reportForm(), figures: figures() })),
  })
  .meta({ id: 'Consolidation' });

export const getConsolidation = defineQuery('planning', 'planning.get-consolidation.v1', {
  payload: z.object({ reportId: id() }),
  reply: consolidationView,
});
