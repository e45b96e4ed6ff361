import { Temporal } from 'temporal-polyfill';

/** Null is an empty cell. A day is a day of no time zone. */
export type Cell = string | number | Temporal.PlainDate | null;

/** How a column is written: `percent` takes per cent (66.7), not a fraction. */
export type ColumnKind = 'text' | 'integer' | 'decimal' | 'percent' | 'date';

export interface Column {
  /** One line for each row of the header, from above. */
  readonly heading: readonly string[];
  readonly kind: ColumnKind;
  /** Characters. Without it: as wide as what stands in it, within bounds. */
  readonly width?: number;
}

export interface Sheet {
  readonly name: string;
  readonly title: string;
  /** Lines below the title: of what day the figures are, and how they are counted. */
  readonly notes?: readonly string[];
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Points, of each row below the header: where somebody writes by hand. Without it: as high as its text. */
  readonly rowHeight?: number;
  /** Last row, set apart from the others. */
  readonly total?: readonly Cell[];
}

/** Days as people here write them, text in NFC, so that a search finds what a keyboard types. */
export function asText(cell: Cell): string {
  if (cell === null) return '';
  if (cell instanceof Temporal.PlainDate) return cell.toString();
  return String(cell).normalize('NFC');
}
