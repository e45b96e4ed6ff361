import { z } from 'zod';
import { defineEvent } from '../contract.js';
import { agencyCode, day, id } from '../values.js';
import { taskStatuses } from './tasks.js';

/**
 * A task of a plan, as it stands. Receivers keep the highest `version` and ignore older ones. It names its plan as letters do, so that they can.
 * `approved`: nothing that must be approved before the task begins is missing (SEED-47); it may become false again.
 */
export const taskChanged = defineEvent(
  'planning',
  'planning.task-changed.v1',
  z.object({
    taskId: id(),
    version: z.int().positive(),
    plan: z.object({
      planId: id(),
      documentNumber: z.string(),
      issuedOn: day(),
      title: z.string(),
      programme: z.string(),
      standingAgency: agencyCode(),
    }),
    code: z.string(),
    title: z.string(),
    lead: agencyCode(),
    /** First and last day of the task; null where the plan says none. */
    window: z.object({ from: day().nullable(), to: day().nullable() }),
    /** A task that its plan no longer has is `cancelled`. */
    status: z.enum(taskStatuses),
    approved: z.boolean(),
  }),
);
