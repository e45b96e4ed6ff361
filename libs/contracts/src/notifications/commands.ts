import { z } from 'zod';
import { defineCommand } from '../contract.js';
import { id } from '../values.js';
import { mail } from './mails.js';

/**
 * Send one mail to one recipient. The business key says what the mail *is* (`chasing.<contact>.<slot>`): a second command with the same key,
 * under whatever message id, sends nothing. `stream` groups mails of which a newer one makes an older, unsent one pointless.
 */
export const sendMail = defineCommand('notifications', 'notifications.send-mail.v1', {
  lane: 'notifications.email',
  payload: z.object({
    businessKey: z.string().min(1).max(200),
    stream: z.string().max(100).nullable(),
    /** A contact of an agency, or a person of none. It may be heard of before they are: the mail waits for them. */
    recipientId: id(),
    mail,
    /** Obligations that the mail is about: for search, and to withdraw what has been settled before it left. */
    obligationIds: z.array(id()),
  }),
  reply: z.null(),
});
