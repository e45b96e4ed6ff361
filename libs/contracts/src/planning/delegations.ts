import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../contract.js';
import { agencyCode, day, id, instant, pageAsk, pageOf, seenVersion, text } from '../values.js';

const delegationSet = z.object({ delegationId: id(), contactId: id(), toContactId: id(), fromOn: day(), toOn: day(), version: z.int() });

/**
 * A contact is away, and another of the same agency reads for them: mails that leave on these days go to the stand-in. Set by the contact, or by a
 * clerk for the head; whoever it was is on record.
 */
export const delegate = defineCommand('planning', 'planning.delegate.v1', {
  payload: z.object({
    contactId: id(),
    toContactId: id(),
    /** First and last day, both included. */
    fromOn: day(),
    toOn: day(),
    reason: text(500),
  }),
  reply: delegationSet,
});

/** Back earlier than planned: from now on mails go to the contact again. */
export const revokeDelegation = defineCommand('planning', 'planning.revoke-delegation.v1', {
  payload: z.object({ delegationId: id(), reason: text(500), seenVersion }),
  reply: delegationSet,
});

/** Who stands in for whom on which days. Receivers keep the highest `version` and ignore older ones. */
export const delegationChanged = defineEvent(
  'planning',
  'planning.delegation-changed.v1',
  z.object({
    delegationId: id(),
    version: z.int(),
    contactId: id(),
    toContactId: id(),
    fromOn: day(),
    toOn: day(),
    revoked: z.boolean(),
  }),
);

export const delegationView = z
  .object({
    delegationId: id(),
    agency: agencyCode(),
    contactId: id(),
    toContactId: id(),
    fromOn: day(),
    toOn: day(),
    reason: z.string(),
    /** In force on the business day of asking. */
    inForce: z.boolean(),
    setBy: z.string(),
    setAt: instant(),
    revokedBy: z.string().nullable(),
    revokedAt: instant().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Delegation' });

export const listDelegations = defineQuery('planning', 'planning.list-delegations.v1', {
  payload: z.object({
    agency: agencyCode().optional(),
    contactId: id().optional(),
    /** In force on this day. */
    on: day().optional(),
    ...pageAsk,
  }),
  reply: pageOf(delegationView),
});
