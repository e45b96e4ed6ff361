import { z } from 'zod';
import { defineQuery } from '../contract.js';
import { sealed } from '../sealed.js';
import { id, instant, pageAsk, pageOf, serviceStatus } from '../values.js';

export const messageStates = ['queued', 'sending', 'sent', 'unknown', 'failed', 'withdrawn', 'superseded'] as const;

export const messageView = z
  .object({
    messageId: id(),
    businessKey: z.string(),
    template: z.string(),
    templateVersion: z.string(),
    state: z.enum(messageStates),
    /** Whom it is meant for. */
    recipientId: id(),
    /** Who got it: the recipient, or who stood in when it left; null until it was tried. The name is null, too, once they have been forgotten. */
    deliveredToId: id().nullable(),
    deliveredToName: sealed(z.string()).nullable(),
    /** Of the recipient's agency; null for a person of none, who has an organisation in words. */
    agencyCode: z.string().nullable(),
    organisation: z.string().nullable().default(null),
    /** Null once the person has been forgotten; the address also where none is known. */
    recipientName: sealed(z.string()).nullable(),
    recipientEmail: sealed(z.string()).nullable(),
    subject: z.string(),
    obligationIds: z.array(id()),
    correlationId: id(),
    createdAt: instant(),
    sentAt: instant().nullable(),
    nextAttemptAt: instant().nullable(),
    reason: z.string().nullable(),
    /** The Message-ID header, the same on every attempt. */
    mailId: z.string(),
  })
  .meta({ id: 'Message' });

export const attemptView = z
  .object({
    attempt: z.int(),
    startedAt: instant(),
    endedAt: instant().nullable(),
    outcome: z.enum(['sent', 'retry', 'refused', 'unknown', 'interrupted']).nullable(),
    /** The mail server's answer, or the network's error, with addresses removed. */
    answer: z.string().nullable(),
    /** Whose address was tried. */
    deliveredToId: id(),
  })
  .meta({ id: 'Attempt' });

export const listMessages = defineQuery('notifications', 'notifications.list-messages.v1', {
  payload: z.object({
    state: z.enum(messageStates).optional(),
    obligationId: id().optional(),
    recipientId: id().optional(),
    agencyCode: z.string().max(40).optional(),
    ...pageAsk,
  }),
  reply: pageOf(messageView),
});
export const getMessage = defineQuery('notifications', 'notifications.get-message.v1', {
  payload: z.object({ messageId: id() }),
  reply: messageView.extend({ attempts: z.array(attemptView) }).meta({ id: 'MessageStory' }),
});
/** Counts by state, for summaries and metrics. */
export const countMessages = defineQuery('notifications', 'notifications.count-messages.v1', {
  payload: z.object({}),
  reply: z.object({ asOf: instant(), byState: z.record(z.enum(messageStates), z.int()) }),
});
export const notificationsStatus = defineQuery('notifications', 'notifications.status.v1', { payload: z.object({}), reply: serviceStatus });
