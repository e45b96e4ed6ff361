import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { agencyCode, day, id, instant, pageAsk, pageOf, seenVersion, text } from '../values.js';
import { figures, reportForm } from './report-form.js';

/**
 * Being written, handed in, sent back, taken; then put into the superior's report, and closed with it. Excluded: left out of a consolidation for a
 * reason (Circular 08/2019/TT-BTP).
 */
export const reportStates = ['draft', 'submitted', 'returned', 'accepted', 'consolidated', 'closed', 'excluded'] as const;
export type ReportState = (typeof reportStates)[number];

/** Decree 09/2019/NĐ-CP: repeated, on one theme, about an unusual matter. */
export const reportTypes = ['PERIODIC', 'THEMATIC', 'AD_HOC'] as const;

const reportMoved = z.object({
  reportId: id(),
  state: z.enum(reportStates),
  version: z.int(),
  at: instant(),
  late: z.boolean(),
});

const note = z.string().trim().normalize('NFC').max(4000);

/** What is being written: kept as it is, also when figures are still missing, and seen by nobody as handed in. What is not given stays. */
export const saveReportDraft = defineCommand('planning', 'planning.save-report-draft.v1', {
  payload: z.object({ reportId: id(), note: note.optional(), figures: figures().optional(), seenVersion }),
  reply: reportMoved,
});

/** Note and figures that are not given are those of the saved draft. */
export const submitReport = defineCommand('planning', 'planning.submit-report.v1', {
  payload: z.object({ reportId: id(), note: note.optional(), figures: figures().optional(), seenVersion }),
  reply: reportMoved,
});

/** After a report was closed: a new edition is written, the old one is kept, and nothing is owed. */
export const reviseReport = defineCommand('planning', 'planning.revise-report.v1', {
  payload: z.object({ reportId: id(), reason: text(2000), seenVersion }),
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
    /** When what was owed was handed in, last; a later edition of a closed report does not change it. */
    submittedAt: instant().nullable(),
    firstSubmittedAt: instant().nullable(),
    returnedReason: z.string().nullable(),
    excludedReason: z.string().nullable(),
    /** Why a new edition of the closed report is under way. */
    revisedReason: z.string().nullable(),
    note: z.string(),
    /** Number of the edition that is being written or was handed in last. */
    edition: z.int(),
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

/** A report as it was handed in; kept for good. */
const reportEdition = z.object({
  edition: z.int(),
  submittedAt: instant(),
  submittedBy: z.string(),
  note: z.string(),
  figures: figures(),
  /** Why it was written after the report had been closed. */
  reason: z.string().nullable(),
});

export const getReport = defineQuery('planning', 'planning.get-report.v1', {
  payload: z.object({ reportId: id() }),
  reply: reportView
    .extend({
      type: z.enum(reportTypes),
      basis: z.string(),
      outline: z.string().nullable(),
      form: reportForm(),
      /** As they stand in the draft, or were handed in last. */
      figures: figures(),
      editions: z.array(reportEdition),
      /** Codes of the requirements whose reports it puts together. */
      consolidates: z.array(z.string()),
    })
    .meta({ id: 'ReportInFull' }),
});
