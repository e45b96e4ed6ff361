import { z } from 'zod';
import { text } from '../values.js';

/** Columns and rows that a table of figures may have, fields that a form may have. */
export const MOST_COLUMNS = 30;
export const MOST_ROWS = 300;
export const MOST_FIELDS = 100;

const code = z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/, 'a code such as classesHeld: a small letter, then letters and digits');
const named = { code, label: text(300), labelEn: text(300), required: z.boolean().default(false) };
const number = {
  kind: z.literal('number'),
  /** As people read it: `đồng`, `lớp`. */
  unit: text(40).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  integer: z.boolean().default(false),
  /** Added up by the superior who consolidates. */
  sum: z.boolean().default(false),
};
const words = { kind: z.literal('text') };

const column = z.discriminatedUnion('kind', [z.strictObject({ ...named, ...number }), z.strictObject({ ...named, ...words })]);
const field = z.discriminatedUnion('kind', [
  z.strictObject({ ...named, ...number }),
  z.strictObject({ ...named, ...words }),
  z.strictObject({
    ...named,
    kind: z.literal('table'),
    columns: z.array(column).min(1).max(MOST_COLUMNS),
    maxRows: z.int().min(1).max(MOST_ROWS).default(MOST_ROWS),
  }),
]);

type Field = z.output<typeof field>;
type Column = z.output<typeof column>;

/** Which figures a report requirement asks for. Codes are unique among the fields of a form and among the columns of a table. */
export const reportForm = () =>
  z
    .array(field)
    .max(MOST_FIELDS)
    .superRefine((fields, context) => {
      for (const fault of [...faultsOf(fields, []), ...fields.flatMap(columnFaults)]) context.addIssue({ code: 'custom', ...fault });
    });
export type ReportForm = readonly Field[];

function columnFaults(one: Field, index: number) {
  return one.kind === 'table' ? faultsOf(one.columns, [index, 'columns']) : [];
}

function faultsOf(entries: readonly (Field | Column)[], path: (string | number)[]) {
  const seen = new Set<string>();
  return entries.flatMap((entry, index) => {
    const twice = seen.has(entry.code);
    seen.add(entry.code);
    return [
      ...(twice ? [{ path: [...path, index, 'code'], message: `"${entry.code}" is used twice` }] : []),
      ...(entry.kind === 'number' && entry.min !== undefined && entry.max !== undefined && entry.min > entry.max
        ? [{ path: [...path, index, 'max'], message: 'is less than min' }]
        : []),
    ];
  });
}

/** One figure; null says that there is none. */
const figure = z.union([z.number(), z.string().trim().normalize('NFC').max(4000), z.null()]);
const row = z.record(z.string().max(40), figure);
/**
 * Figures by the code of their field, a table as rows by the code of their column. Whether they fit is decided by the form of the report's requirement.
 */
export const figures = () => z.record(z.string().max(40), z.union([figure, z.array(row).max(MOST_ROWS)]));
export type Figures = Readonly<z.output<ReturnType<typeof figures>>>;
export type FigureRow = Readonly<z.output<typeof row>>;
