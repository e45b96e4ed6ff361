import { z } from 'zod';
import { defineEvent } from '../contract.js';
import { id, instant } from '../values.js';

/** The recipient's mail server refuses the address for good (5xx): who answers for the agency, or for the person, must hear of it. */
export const mailRefused = defineEvent(
  'notifications',
  'notifications.mail-refused.v1',
  z.object({
    messageId: id(),
    /** Whose address it is: a contact of an agency, or a person of none. */
    contactId: id(),
    /** Null for a person of no agency: nobody at an agency can name another address. */
    agencyId: id().nullable(),
    obligationIds: z.array(id()),
    /** Enhanced or basic status code of the server's answer, e.g. `550` or `5.1.1`; the full answer stays with the attempt. */
    status: z.string(),
    at: instant(),
  }),
);
