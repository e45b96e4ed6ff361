import { z } from 'zod';
import { defineCommand } from '../contract.js';
import { agencyCode, day, documentNumber, id, seenVersion } from '../values.js';

/**
 * A decision ends an agency. What it owes passes to its successor on the day after; without a successor each thing that it still owes becomes a case.
 * The missing successor of an agency that has ended may be named later, by the same command with the same day.
 */
export const dissolveAgency = defineCommand('planning', 'planning.dissolve-agency.v1', {
  payload: z.object({
    agency: agencyCode(),
    /** Its last day. */
    endsOn: day(),
    successor: agencyCode().optional(),
    /** Number of the decision. */
    decision: documentNumber(),
    /** Version of the agency. */
    seenVersion,
  }),
  reply: z.object({
    agencyId: id(),
    agency: agencyCode(),
    endsOn: day(),
    successor: agencyCode().nullable(),
    /** What passed to the successor at once, because the end is over already. */
    passedOn: z.int(),
    version: z.int(),
  }),
});
