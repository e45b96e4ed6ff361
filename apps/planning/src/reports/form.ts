import type { FigureRow, Figures, ReportForm } from '#contracts';

/** Something wrong with a figure, at its place: `spending`, `models.2.name`. */
export interface FigureFault {
  readonly path: string;
  readonly message: string;
}

type Field = ReportForm[number];
type Table = Extract<Field, { kind: 'table' }>;
type Single = Exclude<Field, Table>;
type Value = FigureRow[string] | undefined;
/** A draft may leave out what is required; what is handed in may not. */
export type Completeness = 'draft' | 'whole';

/** Decimals that a figure may have, and its greatest amount: so that every figure is exact and every sum can be. */
const DECIMALS = 6;
const GREATEST = 1_000_000_000_000_000;

/**
 * Every way in which figures do not fit the form of their requirement. A requirement without a form takes none. Figures that the form does not know
 * are faults: a mistyped code must not look like a figure handed in.
 */
export function figureFaults(form: ReportForm, figures: Figures, completeness: Completeness): FigureFault[] {
  const known = new Map(form.map((field) => [field.code, field]));
  return [
    ...unknown(figures, known, ''),
    ...form.flatMap((field) => {
      const value = figures[field.code];
      return field.kind === 'table' ? tableFaults(field, value, completeness) : faults(field, value, field.code, completeness);
    }),
  ];
}

function tableFaults(table: Table, value: Figures[string] | undefined, completeness: Completeness): FigureFault[] {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0))
    return missing(table, table.code, completeness);
  if (!Array.isArray(value)) return [{ path: table.code, message: 'is a table: give a list of rows' }];
  const known = new Map(table.columns.map((column) => [column.code, column]));
  return [
    ...(value.length > table.maxRows
      ? [{ path: table.code, message: `has ${String(value.length)} rows, and ${String(table.maxRows)} are the most` }]
      : []),
    ...value.flatMap((row, index) => {
      const at = `${table.code}.${String(index)}.`;
      return [
        ...unknown(row, known, at),
        ...table.columns.flatMap((column) => faults(column, row[column.code], `${at}${column.code}`, completeness)),
      ];
    }),
  ];
}

function faults(field: Single, value: Value | readonly FigureRow[], path: string, completeness: Completeness): FigureFault[] {
  if (value === undefined || value === null || value === '') return missing(field, path, completeness);
  const said = field.kind === 'number' ? numberFault(field, value) : textFault(value);
  return said === undefined ? [] : [{ path, message: said }];
}

function missing(field: { required: boolean }, path: string, completeness: Completeness): FigureFault[] {
  return field.required && completeness === 'whole' ? [{ path, message: 'is required' }] : [];
}

function textFault(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'is text';
  return value.trim() === '' ? 'is blank: leave it out' : undefined;
}

function numberFault(field: Extract<Single, { kind: 'number' }>, value: unknown): string | undefined {
  if (typeof value !== 'number') return 'is a number';
  if (!Number.isFinite(value) || Math.abs(value) > GREATEST) return `is beyond ${String(GREATEST)}: choose a greater unit`;
  if (field.integer && !Number.isInteger(value)) return 'is a whole number';
  if (scaled(value) === undefined) return `has more than ${String(DECIMALS)} decimals`;
  if (field.min !== undefined && value < field.min) return `is at least ${String(field.min)}`;
  if (field.max !== undefined && value > field.max) return `is at most ${String(field.max)}`;
  return undefined;
}

function unknown(values: Readonly<Record<string, unknown>>, known: ReadonlyMap<string, unknown>, at: string): FigureFault[] {
  const codes = [...known.keys()].join(', ');
  return Object.keys(values)
    .filter((code) => !known.has(code))
    .map((code) => ({
      path: `${at}${code}`,
      message: codes === '' ? 'this report takes no figures' : `is not in the form; known: ${codes}`,
    }));
}

/**
 * What the reports of many add up to: numbers of the form, and one row of totals per table, of what is marked `sum`. Exact in decimals: 0.1 and 0.2 are
 * 0.3. What is missing counts as nothing; what an older form asked for otherwise is left out.
 */
export function sumFigures(form: ReportForm, many: readonly Figures[]): Figures {
  const sums = form.flatMap((field): [string, Figures[string]][] => {
    if (field.kind === 'text') return [];
    if (field.kind === 'number') return field.sum ? [[field.code, total(many.map((one) => one[field.code]))]] : [];
    const rows = many.flatMap((one) => {
      const value = one[field.code];
      return Array.isArray(value) ? value : [];
    });
    const columns = field.columns.flatMap((column): [string, number][] =>
      column.kind === 'number' && column.sum ? [[column.code, total(rows.map((row) => row[column.code]))]] : [],
    );
    return columns.length > 0 ? [[field.code, [Object.fromEntries(columns)]]] : [];
  });
  return Object.fromEntries(sums);
}

function total(values: readonly unknown[]): number {
  const sum = values.reduce<bigint>((all, value) => all + (typeof value === 'number' ? (scaled(value) ?? 0n) : 0n), 0n);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(DECIMALS + 1, '0');
  return Number(`${sum < 0n ? '-' : ''}${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`);
}

/** The number as so many millionths, by its shortest decimal writing; undefined when it has more decimals than that. */
function scaled(value: number): bigint | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const shift = DECIMALS + Number(exponent) - fraction.length;
  if (shift < 0) return undefined;
  const amount = BigInt(whole + fraction) * 10n ** BigInt(shift);
  return sign === '-' ? -amount : amount;
}
