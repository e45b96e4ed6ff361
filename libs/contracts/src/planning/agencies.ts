import { z } from 'zod';
import { defineEvent, defineQuery } from '../contract.js';
import { sealed } from '../sealed.js';
import { agencyCode, day, id, origin, pageAsk, pageOf } from '../values.js';

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

export const agencyView = z
  .object({
    agencyId: id(),
    code: agencyCode(),
    name: z.string(),
    nameEn: z.string(),
    shortName: z.string(),
    kind: z.string(),
    reportsTo: agencyCode().nullable(),
    validFrom: day(),
    validTo: day().nullable(),
    successor: agencyCode().nullable(),
    contacts: z.array(
      z.object({
        contactId: id(),
        role: z.enum(contactRoles),
        name: sealed(z.string()),
        email: sealed(z.string()),
        phone: sealed(z.string()).nullable(),
        reachable: z.boolean(),
      }),
    ),
    ...origin,
  })
  .meta({ id: 'Agency' });

export const listAgencies = defineQuery('planning', 'planning.list-agencies.v1', { payload: z.object(pageAsk), reply: pageOf(agencyView) });
