import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../contract.js';
import { agencyCode, day, documentNumber, id, instant, origin, pageAsk, pageOf, seenVersion, text } from '../values.js';

/** What must be approved: the detailed plan of an event (SEED-46), a project document (SEED-35), more money for a task (SEED-39). */
export const dossierKinds = ['event-plan', 'project-document', 'budget-supplement'] as const;
export type DossierKind = (typeof dossierKinds)[number];

/** Kinds that may be opened as such; a supplement is none of them, because it needs a declared shortfall first (SEED-39). */
export const plannedDossierKinds = ['event-plan', 'project-document'] as const;

export const dossierStates = ['draft', 'submitted', 'returned', 'approved', 'withdrawn'] as const;
export type DossierState = (typeof dossierStates)[number];

/** Code of a dossier: `KH-SK-MIENBAC`. */
export const dossierCode = () =>
  z
    .string()
    .regex(/^[A-Z0-9]+([.-][A-Z0-9]+)*$/, 'capital letters, digits, single hyphens and dots')
    .max(40);
/** Code of a task as in the plan file: `II.2.a`. */
export const taskCode = () => text(20);
/** Working days that the approver has for an answer. */
export const answerWithin = () => z.int().min(1).max(60);

const MOST_LINES = 400;
const MOST_FIELDS = 100;
const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._()/-]{0,59}$/u;

/** Several lines of text; compared line by line. */
const summary = () =>
  z
    .string()
    .trim()
    .normalize('NFC')
    .max(8000)
    .refine((said) => said.split('\n').length <= MOST_LINES, `at most ${String(MOST_LINES)} lines`);

/** What is asked for, field by field, so that one version can be compared with another. Money is a whole number of đồng. */
export const dossierContent = () =>
  z
    .record(z.string().regex(NAME, 'a name of at most 60 letters and digits'), z.union([text(4000), z.number()]))
    .refine((content) => Object.keys(content).length <= MOST_FIELDS, `at most ${String(MOST_FIELDS)} fields`);

const dossierMoved = z.object({
  dossierId: id(),
  state: z.enum(dossierStates),
  /** Number of the version that is written, or was handed in last. */
  number: z.int(),
  version: z.int(),
  at: instant(),
});

/** One more event, one more project document. Whoever must hand it in by a day is reminded and chased; the tasks it gates wait for its approval. */
export const openDossier = defineCommand('planning', 'planning.open-dossier.v1', {
  payload: z.object({
    planId: id(),
    code: dossierCode(),
    kind: z.enum(plannedDossierKinds),
    title: text(500),
    titleEn: text(500),
    task: taskCode().optional(),
    submitter: agencyCode(),
    approver: agencyCode(),
    submitBy: day().optional(),
    /** Ten working days unless it says otherwise; no decision states it. */
    answerWithin: answerWithin().default(10),
    gates: z.array(taskCode()).max(50).default([]),
  }),
  reply: dossierMoved,
});

/** Replaces what is being written. After a return it begins the next version; what was handed in stays as it was. */
export const saveDossierDraft = defineCommand('planning', 'planning.save-dossier-draft.v1', {
  payload: z.object({ dossierId: id(), summary: summary(), content: dossierContent(), seenVersion }),
  reply: dossierMoved,
});

/** Hands the draft in: the submitter owes nothing more, the approver owes an answer. */
export const submitDossier = defineCommand('planning', 'planning.submit-dossier.v1', {
  payload: z.object({ dossierId: id(), seenVersion }),
  reply: dossierMoved.extend({ answerDueOn: day() }),
});

/** Back with remarks: it is owed again by `resubmitBy`, or by the later of its deadline and five working days from now. */
export const returnDossier = defineCommand('planning', 'planning.return-dossier.v1', {
  payload: z.object({ dossierId: id(), remarks: text(8000), resubmitBy: day().optional(), seenVersion }),
  reply: dossierMoved.extend({ resubmitDueOn: day() }),
});

/** Approved by a document (SEED-47). It is final: what changes afterwards is another dossier. */
export const approveDossier = defineCommand('planning', 'planning.approve-dossier.v1', {
  payload: z.object({ dossierId: id(), documentNumber: documentNumber(), documentDate: day(), seenVersion }),
  reply: dossierMoved,
});

/** The submitter gives it up; nobody owes anything for it any more, and what it gates stays shut. */
export const withdrawDossier = defineCommand('planning', 'planning.withdraw-dossier.v1', {
  payload: z.object({ dossierId: id(), reason: text(2000), seenVersion }),
  reply: dossierMoved,
});

/** A dossier was decided on. Receivers keep the highest `version` and ignore older ones; only `approved` opens what it gates. */
export const dossierDecided = defineEvent(
  'planning',
  'planning.dossier-decided.v1',
  z.object({
    dossierId: id(),
    /** Grows with every change of the dossier. */
    version: z.int(),
    planId: id(),
    planDocument: z.string(),
    code: z.string(),
    kind: z.enum(dossierKinds),
    taskCode: z.string().nullable(),
    outcome: z.enum(['approved', 'returned', 'withdrawn']),
    /** Which version of the document the decision is about. */
    number: z.int(),
    /** The document that approves it, and its day; null unless approved. */
    approval: z.string().nullable(),
    approvedOn: day().nullable(),
    at: instant(),
  }),
);

export const dossierView = z
  .object({
    dossierId: id(),
    planId: id(),
    code: z.string(),
    kind: z.enum(dossierKinds),
    title: z.string(),
    titleEn: z.string(),
    task: z.string().nullable(),
    submitter: agencyCode(),
    approver: agencyCode(),
    /** Tasks that may not begin before it is approved. */
    gates: z.array(z.string()),
    submitBy: day().nullable(),
    /** Working days. */
    answerWithin: z.int(),
    state: z.enum(dossierStates),
    number: z.int(),
    approval: z.string().nullable(),
    approvedOn: day().nullable(),
    /** The declared shortfall that a supplement stands on. */
    shortfallId: id().nullable(),
    submissionObligationId: id().nullable(),
    version: z.int(),
    ...origin,
  })
  .meta({ id: 'Dossier' });

export const dossierVersionView = z
  .object({
    number: z.int(),
    state: z.enum(['draft', 'submitted', 'returned', 'approved']),
    summary: z.string(),
    content: z.record(z.string(), z.union([z.string(), z.number()])),
    submittedAt: instant().nullable(),
    submittedBy: z.string().nullable(),
    answerObligationId: id().nullable(),
    remarks: z.string().nullable(),
    answeredAt: instant().nullable(),
    answeredBy: z.string().nullable(),
  })
  .meta({ id: 'DossierVersion' });

export const listDossiers = defineQuery('planning', 'planning.list-dossiers.v1', {
  payload: z.object({
    planId: id().optional(),
    kind: z.enum(dossierKinds).optional(),
    state: z.enum(dossierStates).optional(),
    /** Submitter or approver. */
    agency: agencyCode().optional(),
    ...pageAsk,
  }),
  reply: pageOf(dossierView),
});

export const getDossier = defineQuery('planning', 'planning.get-dossier.v1', {
  payload: z.object({ dossierId: id() }),
  reply: dossierView.extend({ versions: z.array(dossierVersionView) }).meta({ id: 'DossierStory' }),
});

const value = z.union([z.string(), z.number()]);

/** What a version says that another does not: field by field, and line by line of the summary. */
export const compareDossierVersions = defineQuery('planning', 'planning.compare-dossier-versions.v1', {
  payload: z.object({ dossierId: id(), from: z.int().min(1), to: z.int().min(1) }),
  reply: z
    .object({
      dossierId: id(),
      from: z.int(),
      to: z.int(),
      fields: z.object({
        added: z.array(z.object({ field: z.string(), value })),
        removed: z.array(z.object({ field: z.string(), value })),
        changed: z.array(z.object({ field: z.string(), from: value, to: value })),
      }),
      summary: z.array(z.object({ change: z.enum(['same', 'added', 'removed']), line: z.string() })),
    })
    .meta({ id: 'DossierComparison' }),
});
