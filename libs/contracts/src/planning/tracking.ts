import { z } from 'zod';
import { defineCommand } from '../contract.js';
import { agencyCode, deadline, id, text } from '../values.js';
import { obligationStates, trackedKinds } from './obligations.js';

/**
 * Another service has something owed, and this is how it stands: opened, moved, handed to another debtor or settled, whatever differs from what the
 * ledger has. It says everything each time, so the highest `version` wins in whatever order they arrive. Afterwards it is chased like anything else.
 */
export const trackObligation = defineCommand('planning', 'planning.track-obligation.v1', {
  payload: z.object({
    /** Given by the sender; the same for the same thing. */
    obligationId: id(),
    version: z.int().positive(),
    planId: id(),
    taskId: id().nullable(),
    kind: z.enum(trackedKinds),
    title: text(500),
    titleEn: text(500),
    /** Which one of its kind, as mails say it after the title: the name of a class. */
    period: text(200),
    periodEn: text(200),
    debtor: agencyCode(),
    creditor: agencyCode(),
    deadline: deadline(),
    state: z.enum(obligationStates),
    /** Why it is as it is; stands in the history. */
    reason: text(2000),
  }),
  reply: z.object({ obligationId: id(), outcome: z.enum(['opened', 'changed', 'unchanged', 'older']) }),
});
