import { z } from 'zod';
import { day } from '../values.js';

/** A plan as letters name it. */
export const planRef = z.object({ documentNumber: z.string(), issuedOn: day(), title: z.string(), programme: z.string() });
