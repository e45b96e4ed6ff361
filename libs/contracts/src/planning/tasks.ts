import { z } from 'zod';
import { defineQuery } from '../contract.js';
import { agencyCode, day, id, origin, pageAsk, pageOf } from '../values.js';

export const taskView = z
  .object({
    taskId: id(),
    planId: id(),
    code: z.string(),
    title: z.string(),
    lead: agencyCode(),
    coordinators: z.array(agencyCode()),
    timeText: z.string(),
    startsOn: day().nullable(),
    dueOn: day().nullable(),
    budgetSource: z.string().nullable(),
    output: z.string().nullable(),
    ...origin,
  })
  .meta({ id: 'Task' });

export const listTasks = defineQuery('planning', 'planning.list-tasks.v1', {
  payload: z.object({ planId: id().optional(), lead: agencyCode().optional(), ...pageAsk }),
  reply: pageOf(taskView),
});
