import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { agencyCode, day, documentNumber, id, instant, level, pageAsk, pageOf, seenVersion, text } from '../values.js';
import { historyEntry } from './history.js';

/**
 * What the system prepares and a person sends: an item for the city office's list (more than three chasings without an answer, the rule of Hanoi's task
 * force), and the list of late agencies of a quarter. Letters are drafts: the system never issues an official document.
 */
export const documentKinds = ['city-list-item', 'late-agencies'] as const;
export type DocumentKind = (typeof documentKinds)[number];
/** `discarded` by a person with a reason, or by the system when the thing is no longer owed as it was. */
export const documentStates = ['prepared', 'sent', 'published', 'discarded'] as const;

const documentDecided = z.object({
  documentId: id(),
  state: z.enum(documentStates),
  obligationId: id().nullable(),
  decidedAt: instant(),
  version: z.int(),
});

/** A person of the standing agency sent the item to the city office by an official letter: it becomes a case there, and its people are written to. */
export const sendPreparedDocument = defineCommand('planning', 'planning.send-prepared-document.v1', {
  payload: z.object({
    documentId: id(),
    /** Number of the official letter (công văn), `1888/SNN-KHTC`. */
    letterNumber: documentNumber(),
    note: text(2000).optional(),
    seenVersion,
  }),
  reply: documentDecided,
});

/** A person published the quarterly list by a document. Nobody is written to. */
export const publishPreparedDocument = defineCommand('planning', 'planning.publish-prepared-document.v1', {
  payload: z.object({ documentId: id(), documentNumber: documentNumber(), note: text(2000).optional(), seenVersion }),
  reply: documentDecided,
});

/** It is neither sent nor published, for a reason. What an item was about stays owed: it is a case of the standing agency. */
export const discardPreparedDocument = defineCommand('planning', 'planning.discard-prepared-document.v1', {
  payload: z.object({ documentId: id(), reason: text(2000), seenVersion }),
  reply: documentDecided,
});

const agencyName = { name: z.string(), nameEn: z.string() };

/** The facts of the moment in which the rung was told; they stay as they are. */
export const cityListItem = z
  .object({
    kind: z.literal('city-list-item'),
    debtor: z.object({ code: agencyCode(), ...agencyName }),
    title: z.string(),
    titleEn: z.string(),
    period: z.string(),
    periodEn: z.string(),
    dueOn: day(),
    generation: z.int(),
    /** Rung of the ladder that prepared it. */
    rung: z.string(),
    /** What the debtor was told after the deadline, and when, oldest first. */
    chasings: z.array(z.object({ rung: z.string(), level: level(), on: day() })),
  })
  .meta({ id: 'CityListItem' });

/** Things owed by one agency or by all, in the words of the reporting rates: judged by the first fulfilment, by three deadlines. */
export const lateCounts = z.object({
  /** Due in the quarter by their first deadline; without those waived or cancelled. */
  expected: z.int(),
  /** Of these: fulfilled at least once. */
  actual: z.int(),
  onTime: z.object({ raw: z.int(), withExtensions: z.int(), withForceMajeure: z.int() }),
  /** Never fulfilled: `expected - actual`. */
  missing: z.int(),
  /** Owed past the present deadline: missing, or sent back and not fulfilled again. */
  overdue: z.int(),
  /** First fulfilled after the deadline with everything that moved it, or not fulfilled though that is over. */
  late: z.int(),
  /** Working days after that deadline, until it was fulfilled or the list was prepared. */
  workingDaysLate: z.object({ longest: z.int(), total: z.int() }),
});

export const lateAgencies = z
  .object({
    kind: z.literal('late-agencies'),
    /** `2020-Q2`. */
    quarter: z.string(),
    label: z.string(),
    labelEn: z.string(),
    /** First and last day of the quarter: what was due then is counted. */
    from: day(),
    to: day(),
    /** When it was counted. */
    asOf: instant(),
    /** Agencies that owed something, and those of them that are late. */
    agencies: z.object({ owing: z.int(), late: z.int() }),
    /** The late agencies, those with the most late things first. */
    rows: z.array(lateCounts.extend({ key: agencyCode(), label: z.string(), labelEn: z.string() })),
    /** Of all agencies, also those that are not late. */
    totals: lateCounts,
  })
  .meta({ id: 'LateAgencies' });

export const preparedDocumentView = z
  .object({
    documentId: id(),
    planId: id(),
    plan: z.string(),
    kind: z.enum(documentKinds),
    state: z.enum(documentStates),
    /** What it is about, in Vietnamese. */
    subject: z.string(),
    /** The debtor of an item. */
    agency: agencyCode().nullable(),
    obligationId: id().nullable(),
    preparedAt: instant(),
    decidedAt: instant().nullable(),
    decidedBy: z.string().nullable(),
    /** Number of the letter or document that it left by. */
    documentNumber: z.string().nullable(),
    discardReason: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'PreparedDocument' });

/** In order of their id. */
export const listPreparedDocuments = defineQuery('planning', 'planning.list-prepared-documents.v1', {
  payload: z.object({
    planId: id().optional(),
    kind: z.enum(documentKinds).optional(),
    state: z.enum(documentStates).optional(),
    obligationId: id().optional(),
    ...pageAsk,
  }),
  reply: pageOf(preparedDocumentView),
});

export const getPreparedDocument = defineQuery('planning', 'planning.get-prepared-document.v1', {
  payload: z.object({ documentId: id() }),
  reply: preparedDocumentView
    .extend({ content: z.discriminatedUnion('kind', [cityListItem, lateAgencies]), history: z.array(historyEntry) })
    .meta({ id: 'PreparedDocumentInFull' }),
});
