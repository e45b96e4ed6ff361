import { z } from 'zod';
import { defineCommand } from '../contract.js';
import { sealed } from '../sealed.js';
import { id, text } from '../values.js';

/** The whole course file (`plans/training-*.yaml`) as text. It names people, so it travels sealed. Importing the same text again changes nothing. */
export const importCourses = defineCommand('training', 'training.import-courses.v1', {
  payload: z.object({ fileName: text(200), yaml: sealed(z.string().max(2_000_000)) }),
  reply: z.object({
    planId: id(),
    documentNumber: z.string(),
    changed: z.boolean(),
    /** Each thing that the import recorded or changed, with the names of its fields that changed: never values, which may be personal. */
    changes: z.array(
      z.object({ what: z.string(), key: z.string(), change: z.enum(['added', 'changed', 'retired']), fields: z.array(z.string()) }),
    ),
    /** Classes that were opened at once, because their task is approved. */
    classesOpened: z.int(),
  }),
});
