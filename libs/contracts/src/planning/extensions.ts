import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { agencyCode, day, documentNumber, id, instant, pageAsk, pageOf, seenVersion, text } from '../values.js';

export const extensionStates = ['asked', 'granted', 'shortened', 'refused', 'withdrawn'] as const;

/** Why more time is given: the creditor's own judgement, or force majeure, which a decision must state. The two are counted apart. */
export const extensionGrounds = ['ordinary', 'force-majeure'] as const;
export type ExtensionGround = (typeof extensionGrounds)[number];

const extensionMoved = z.object({
  extensionId: id(),
  obligationId: id(),
  state: z.enum(extensionStates),
  version: z.int(),
  /** The deadline as it stands now. */
  dueOn: day(),
});

/** The debtor asks for more time, before the deadline or after it. One question at a time; the ladder does not wait for the answer. */
export const askExtension = defineCommand('planning', 'planning.ask-extension.v1', {
  payload: z.object({
    obligationId: id(),
    /** The last day asked for. */
    wishedFor: day(),
    reason: text(2000),
    /** Version of the obligation. */
    seenVersion,
  }),
  reply: extensionMoved.extend({ answerDueOn: day().nullable() }),
});

/** The creditor grants the day asked for, an earlier one, or none. */
export const answerExtension = defineCommand('planning', 'planning.answer-extension.v1', {
  payload: z.object({
    extensionId: id(),
    verdict: z.enum(['grant', 'shorten', 'refuse']),
    /** The last day that is granted; for `shorten` alone. */
    date: day().optional(),
    answer: text(2000),
    ground: z.enum(extensionGrounds).default('ordinary'),
    /** Number of the decision; force majeure needs one. */
    decision: documentNumber().optional(),
    seenVersion,
  }),
  reply: extensionMoved,
});

/** The debtor needs no more time after all. */
export const withdrawExtension = defineCommand('planning', 'planning.withdraw-extension.v1', {
  payload: z.object({ extensionId: id(), reason: text(2000), seenVersion }),
  reply: extensionMoved,
});

export const extensionView = z
  .object({
    extensionId: id(),
    obligationId: id(),
    title: z.string(),
    period: z.string(),
    /** Who asks. */
    debtor: agencyCode(),
    /** Who answers. */
    creditor: agencyCode(),
    state: z.enum(extensionStates),
    askedAt: instant(),
    askedBy: z.string(),
    reason: z.string(),
    wishedFor: day(),
    granted: day().nullable(),
    ground: z.enum(extensionGrounds).nullable(),
    decision: z.string().nullable(),
    answer: z.string().nullable(),
    answeredAt: instant().nullable(),
    answeredBy: z.string().nullable(),
    /** The obligation to answer; null where debtor and answerer are the same agency. */
    answerObligationId: id().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Extension' });

export const listExtensions = defineQuery('planning', 'planning.list-extensions.v1', {
  payload: z.object({
    state: z.enum(extensionStates).optional(),
    /** Agency that asks. */
    agency: agencyCode().optional(),
    obligationId: id().optional(),
    ...pageAsk,
  }),
  reply: pageOf(extensionView),
});

export const getExtension = defineQuery('planning', 'planning.get-extension.v1', {
  payload: z.object({ extensionId: id() }),
  reply: extensionView,
});
