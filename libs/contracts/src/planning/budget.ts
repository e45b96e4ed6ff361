import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { agencyCode, day, documentNumber, id, instant, origin, pageAsk, pageOf, seenVersion, text } from '../values.js';
import { answerWithin, dossierCode, dossierStates, taskCode } from './approvals.js';

/** Ten thousand billion đồng for one thing, so that the sums of a whole plan stay exact numbers. */
export const MOST_DONG = 10_000_000_000_000;
/** Money, in whole đồng. What is not known is null or left out, never 0: 0 says that there is none. */
export const dong = () => z.int().min(0).max(MOST_DONG);
/** Money that is spent or asked for, in whole đồng. */
export const dongAboveZero = () => z.int().min(1).max(MOST_DONG);
/** Code of a budget source as in the plan file: `NS-SCT-2020`. */
export const sourceCode = () => text(40);

/** Where a line comes from: the plan file, a person with a decision, or an approved supplement. */
export const lineOrigins = ['plan-file', 'by-hand', 'supplement'] as const;
export type LineOrigin = (typeof lineOrigins)[number];

export const shortfallStates = ['declared', 'withdrawn'] as const;
export type ShortfallState = (typeof shortfallStates)[number];

/** What was spent, less what was reversed, and what is left; null where the amount is not known. */
const spentSoFar = { spent: z.int(), remaining: z.int().nullable() };

const lineMoved = z.object({
  lineId: id(),
  /** Null where it is not known. */
  amount: z.int().nullable(),
  ...spentSoFar,
  retired: z.boolean(),
  version: z.int(),
  at: instant(),
});
const shortfallMoved = z.object({ shortfallId: id(), state: z.enum(shortfallStates), version: z.int(), at: instant() });

/** Money for a task that the plan file gives none, by a decision. A task, its parts and what it is a part of are funded once (SEED-41). */
export const addBudgetLine = defineCommand('planning', 'planning.add-budget-line.v1', {
  payload: z.object({
    planId: id(),
    task: taskCode(),
    source: sourceCode(),
    /** Left out where the decision states none. */
    amount: dong().optional(),
    decision: documentNumber(),
    reason: text(2000),
  }),
  reply: lineMoved,
});

/** Another amount by a decision: the first one where it was not known, or more, or less. */
export const changeBudgetAmount = defineCommand('planning', 'planning.change-budget-amount.v1', {
  payload: z.object({ lineId: id(), amount: dong(), decision: documentNumber(), reason: text(2000), seenVersion }),
  reply: lineMoved,
});

/** A line that was added by hand is taken back. Lines of the plan file leave with the file, those of a supplement never. */
export const retireBudgetLine = defineCommand('planning', 'planning.retire-budget-line.v1', {
  payload: z.object({ lineId: id(), reason: text(2000), seenVersion }),
  reply: lineMoved,
});

/** What was spent of a line. It is never changed: a mistake is reversed and recorded again. */
export const recordExpenditure = defineCommand('planning', 'planning.record-expenditure.v1', {
  payload: z.object({
    lineId: id(),
    amount: dongAboveZero(),
    /** Never a day to come. */
    spentOn: day(),
    /** The document that shows it. */
    documentNumber: documentNumber(),
    note: text(2000).optional(),
    seenVersion,
  }),
  reply: lineMoved.extend({ expenditureId: id() }),
});

/** Takes an expenditure back, once and as a whole: it was recorded by mistake. */
export const reverseExpenditure = defineCommand('planning', 'planning.reverse-expenditure.v1', {
  payload: z.object({ expenditureId: id(), documentNumber: documentNumber(), reason: text(2000) }),
  reply: lineMoved.extend({ expenditureId: id() }),
});

/** The holder of a source says that it cannot balance it by itself (SEED-39). */
export const declareShortfall = defineCommand('planning', 'planning.declare-shortfall.v1', {
  payload: z.object({
    planId: id(),
    source: sourceCode(),
    /** Who declares it: the holder of the source. */
    agency: agencyCode(),
    /** How much is missing, where that is known. */
    amount: dongAboveZero().optional(),
    reason: text(2000),
  }),
  reply: shortfallMoved,
});

/** The holder can balance the source after all. */
export const withdrawShortfall = defineCommand('planning', 'planning.withdraw-shortfall.v1', {
  payload: z.object({ shortfallId: id(), reason: text(2000), seenVersion }),
  reply: shortfallMoved,
});

/**
 * The holder asks for more money for a task, after a declared shortfall: opens a dossier of the kind budget-supplement from the holder to whom the plan
 * names for it (SEED-39). It travels as every dossier does; its approval adds the line.
 */
export const requestSupplement = defineCommand('planning', 'planning.request-supplement.v1', {
  payload: z.object({
    shortfallId: id(),
    /** A task that the source pays for. */
    task: taskCode(),
    /** Code, title and day of the dossier. */
    code: dossierCode(),
    title: text(500),
    titleEn: text(500),
    amount: dongAboveZero(),
    submitBy: day().optional(),
    /** Working days for an answer. Ten unless it says otherwise; no decision states it. */
    answerWithin: answerWithin().default(10),
    seenVersion,
  }),
  reply: z.object({ shortfallId: id(), dossierId: id(), state: z.enum(dossierStates), version: z.int(), at: instant() }),
});

export const budgetLineView = z
  .object({
    lineId: id(),
    task: z.string(),
    taskTitle: z.string(),
    /** Whose money it is, or was when it was retired. */
    holder: agencyCode(),
    origin: z.enum(lineOrigins),
    amount: z.int().nullable(),
    ...spentSoFar,
    /** The approved supplement that it comes from. */
    dossierId: id().nullable(),
    /** No money is given by it any more; what was spent of it stays. */
    retired: z.boolean(),
    version: z.int(),
    ...origin,
  })
  .meta({ id: 'BudgetLine' });

export const shortfallView = z
  .object({
    shortfallId: id(),
    /** Who declared it. */
    holder: agencyCode(),
    amount: z.int().nullable(),
    reason: z.string(),
    state: z.enum(shortfallStates),
    declaredAt: instant(),
    withdrawnAt: instant().nullable(),
    /** Dossiers that stand on it. */
    supplements: z.array(z.object({ dossierId: id(), code: z.string(), state: z.enum(dossierStates) })),
    version: z.int(),
  })
  .meta({ id: 'Shortfall' });

/** What is not known is counted, never taken for 0. */
export const budgetSum = z
  .object({
    /** Lines that give money; retired ones do not. */
    lines: z.int(),
    linesWithoutAmount: z.int(),
    /** Of the lines whose amount is known; null where none is. */
    amount: z.int().nullable(),
    /** Of all lines, retired ones too. */
    spent: z.int(),
    /** Of the lines whose amount is known; null where none is. */
    remaining: z.int().nullable(),
  })
  .meta({ id: 'BudgetSum' });

/** Sources with their lines, supplements and shortfalls, and the totals of what is known. */
export const getBudget = defineQuery('planning', 'planning.get-budget.v1', {
  payload: z.object({ planId: id() }),
  reply: z
    .object({
      planId: id(),
      documentNumber: z.string(),
      asOf: instant(),
      sources: z.array(
        z.object({
          source: z.string(),
          /** The decision that assigns the money. */
          decision: z.string(),
          holder: agencyCode(),
          text: z.string(),
          condition: z.string().nullable(),
          /** Who appraises a supplement; null where the plan provides none. */
          supplementBy: agencyCode().nullable(),
          lines: z.array(budgetLineView),
          shortfalls: z.array(shortfallView),
          ...origin,
        }),
      ),
      totals: z.object({
        all: budgetSum,
        bySource: z.array(budgetSum.extend({ source: z.string() })),
        byTask: z.array(budgetSum.extend({ task: z.string() })),
        /** By the holder of the money. */
        byAgency: z.array(budgetSum.extend({ agency: agencyCode() })),
      }),
    })
    .meta({ id: 'Budget' }),
});

export const expenditureView = z
  .object({
    expenditureId: id(),
    /** Negative where it takes another one back. */
    amount: z.int(),
    spentOn: day(),
    documentNumber: z.string(),
    note: z.string(),
    recordedAt: instant(),
    recordedBy: z.string(),
    /** The expenditure that it takes back. */
    reverses: id().nullable(),
    reversedBy: id().nullable(),
  })
  .meta({ id: 'Expenditure' });

/** What was spent of a line, by the day on which it was spent. */
export const listExpenditures = defineQuery('planning', 'planning.list-expenditures.v1', {
  payload: z.object({ lineId: id(), ...pageAsk }),
  reply: pageOf(expenditureView),
});
