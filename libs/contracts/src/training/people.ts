import { z } from 'zod';
import { defineEvent } from '../contract.js';
import { sealed } from '../sealed.js';
import { id, text } from '../values.js';

/** Whom training writes to as persons: those who teach, and those who are taught. */
export const personKinds = ['trainer', 'trainee'] as const;

/**
 * A person of no agency that mail may go to; the highest version wins. `organisation` is who they are named with, in clear: the institution of a trainer, the
 * agency that nominated a trainee first, never the unit where they work.
 * `active: false`: not written to any more. `forgotten`: de-identified (law 91/2025, domain 6.2); everybody who has a copy erases name, address and phone,
 * for good. Then, and only then, the name is null.
 */
export const personChanged = defineEvent(
  'training',
  'training.person-changed.v1',
  z
    .object({
      personId: id(),
      version: z.int().positive(),
      kind: z.enum(personKinds),
      name: sealed(z.string()).nullable(),
      email: sealed(z.string()).nullable(),
      phone: sealed(z.string()).nullable(),
      organisation: z.object({ name: text(300), nameEn: text(300) }),
      language: z.enum(['vi', 'en', 'vi+en']),
      active: z.boolean(),
      forgotten: z.boolean().default(false),
    })
    .refine((person) => person.forgotten || person.name !== null, { path: ['name'], message: 'only who is forgotten has no name' }),
);
