import { z } from 'zod';
import { defineEvent } from '../contract.js';
import { sealed } from '../sealed.js';
import { agencyCode, day, id, instant } from '../values.js';

export const contactRoles = ['FOCAL', 'HEAD', 'DEPUTY', 'CLERK'] as const;

/** An agency as it is from now on, with everybody to write to. Receivers keep the highest `version` and ignore older ones. */
export const agencyChanged = defineEvent(
  'planning',
  'planning.agency-changed.v1',
  z.object({
    agencyId: id(),
    version: z.int(),
    code: agencyCode(),
    name: z.string(),
    nameEn: z.string(),
    shortName: z.string(),
    kind: z.string(),
    validFrom: day(),
    validTo: day().nullable(),
    successorId: id().nullable(),
    /** All contacts: one that is missing here is no longer written to. */
    contacts: z.array(
      z.object({
        contactId: id(),
        role: z.enum(contactRoles),
        name: sealed(z.string()),
        email: sealed(z.string()),
        phone: sealed(z.string()).nullable(),
        /** `vi+en` writes Vietnamese first and English below. */
        language: z.enum(['vi', 'en', 'vi+en']),
      }),
    ),
  }),
);

/** These are no longer owed, or owed by another date: mail about them that has not left must not say otherwise. */
export const obligationsSettled = defineEvent(
  'planning',
  'planning.obligations-settled.v1',
  z.object({
    obligationIds: z.array(id()).min(1).max(1000),
    outcome: z.enum(['fulfilled', 'waived', 'extended', 'cancelled', 'acknowledged']),
    at: instant(),
  }),
);
