import { z } from 'zod';

/** Shapes that several messages share. Instants are ISO 8601 in UTC, days are `yyyy-mm-dd` in Asia/Ho_Chi_Minh. */
export const id = () => z.uuid();
export const instant = () => z.iso.datetime({ offset: true });
export const day = () => z.iso.date();
/** A short text that people typed: trimmed, NFC, never empty. */
export const text = (max: number) => z.string().trim().normalize('NFC').min(1).max(max);

/** Code of an agency, as in the plan file: `SNNPTNT`, `UBND-TAYHO`. */
export const agencyCode = () => z.string().regex(/^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$/, 'capital letters, digits and single hyphens');

/** A page of a list in key order. `after` is the opaque cursor that the previous page returned. */
export const pageAsk = { limit: z.int().min(1).max(200).default(50), after: z.string().max(400).optional() };
export const pageOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: z.string().nullable() });

/** `assumption` is set where the plan does not state the fact; `seedId` names the row of the seed checklist that does. */
export const origin = { seedId: z.string().nullable(), assumption: z.string().nullable() };

/** Version that the caller last saw. When given and no longer true the command is refused with `changed-meanwhile` and what changed. */
export const seenVersion = z.int().nonnegative().optional();

/** A deadline as a letter says it: "no later than the 15th" (NO_LATER_THAN) or "before the 15th" (BEFORE). */
export const deadline = () => z.object({ word: z.enum(['NO_LATER_THAN', 'BEFORE']), date: day() });

/** `100/KH-UBND`, `02/TB-BCĐ`; documents of the Party have other forms, so it is only one line of text. */
export const documentNumber = () => text(80);

/** How serious a step of a ladder is, mildest first. */
export const levels = ['reminder', 'due', 'chase-1', 'chase-2', 'chase-3', 'escalated-standing', 'escalated-city'] as const;
export const level = () => z.enum(levels);
export type Level = (typeof levels)[number];

/** What a service says of itself: for readiness and for the metrics page. */
export const serviceStatus = z.object({
  service: z.string(),
  version: z.string(),
  startedAt: instant(),
  businessTime: instant(),
  database: z.enum(['up', 'down']),
  gauges: z.array(z.object({ name: z.string(), help: z.string(), labels: z.record(z.string(), z.string()), value: z.number() })),
});
export type ServiceStatus = z.output<typeof serviceStatus>;
