import exceljs from 'exceljs';
import { Temporal } from 'temporal-polyfill';
import { cleanText } from './clean-text.js';
import { asText, type Cell, type Column, type ColumnKind, type Sheet } from './sheet.js';
import { withZipTime } from './zip.js';

/** The typeface of administrative documents (Decree 30/2020/NĐ-CP, annex I). */
const TYPEFACE = 'Times New Roman';
const FORMATS: Readonly<Record<ColumnKind, string>> = {
  text: '@',
  integer: '#,##0',
  decimal: '#,##0.##',
  percent: '0.0%',
  date: 'dd/mm/yyyy',
};
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- exceljs declares the enum, but has none when it runs
const A4 = 9 as exceljs.PaperSize;
/** Characters. */
const NARROWEST = 8;
const WIDEST = 48;
/** Points: a title of one line. */
const TITLE_HEIGHT = 22;
/** Excel allows 31 characters and none of these. */
const NAME_LIMIT = 31;
const NOT_IN_NAMES = /[[\]:*?/\\]/g;

const LINE = { style: 'thin', color: { argb: 'FF9E9E9E' } } as const;
const BORDER = { top: LINE, left: LINE, bottom: LINE, right: LINE };
const SHADE = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8EEF4' } } as const;

/**
 * An XLSX file. Each sheet: title, notes, a header that stays in view and is printed on every page, the rows, the total. Numbers and days are numbers and
 * days, so they can be summed and sorted; text is text, whatever it begins with.
 * @param madeAt what the file says of when it was made: the business time of the asking, so that the same answer is the same file
 */
export async function workbook(sheets: readonly Sheet[], madeAt: Temporal.Instant): Promise<Buffer> {
  const book = new exceljs.Workbook();
  book.creator = 'Đôn Đốc';
  book.lastModifiedBy = book.creator;
  book.created = new Date(madeAt.epochMilliseconds);
  book.modified = book.created;
  for (const sheet of sheets) draw(book, sheet);
  return withZipTime(Buffer.from(await book.xlsx.writeBuffer()));
}

function draw(book: exceljs.Workbook, sheet: Sheet): void {
  const notes = sheet.notes ?? [];
  const headerFrom = 2 + notes.length;
  const headerLines = Math.max(1, ...sheet.columns.map((column) => column.heading.length));
  const headerTo = headerFrom + headerLines - 1;
  const page = book.addWorksheet(sheetName(sheet.name), {
    views: [{ state: 'frozen', xSplit: 1, ySplit: headerTo, showGridLines: false }],
    pageSetup: {
      paperSize: A4,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `${headerFrom}:${headerTo}`,
    },
  });
  page.columns = sheet.columns.map((column, index) => ({ width: widthOf(column, index, sheet) }));
  page.addRow([cleanText(sheet.title)]).font = { name: TYPEFACE, size: 14, bold: true };
  page.getRow(1).height = TITLE_HEIGHT;
  for (const note of notes) page.addRow([cleanText(note)]).font = { name: TYPEFACE, size: 11, italic: true };
  for (let line = 0; line < headerLines; line += 1) addHeader(page, sheet.columns, line);
  for (const row of sheet.rows) addCells(page, sheet, row, false);
  if (sheet.total) addCells(page, sheet, sheet.total, true);
  if (sheet.rows.length > 0) {
    page.autoFilter = { from: { row: headerTo, column: 1 }, to: { row: headerTo + sheet.rows.length, column: sheet.columns.length } };
  }
}

function addHeader(page: exceljs.Worksheet, columns: readonly Column[], line: number): void {
  const row = page.addRow(columns.map((column) => cleanText(column.heading[line] ?? '')));
  columns.forEach((_, index) => {
    const cell = row.getCell(index + 1);
    cell.font = { name: TYPEFACE, size: 11, bold: line === 0, italic: line > 0 };
    cell.alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' };
    cell.border = BORDER;
    cell.fill = SHADE;
  });
}

function addCells(page: exceljs.Worksheet, { columns, rowHeight }: Sheet, cells: readonly Cell[], bold: boolean): void {
  const row = page.addRow([]);
  if (rowHeight !== undefined) row.height = rowHeight;
  columns.forEach(({ kind }, index) => {
    const cell = row.getCell(index + 1);
    cell.value = valueOf(cells[index] ?? null, kind);
    cell.numFmt = FORMATS[kind];
    cell.font = { name: TYPEFACE, size: 11, bold };
    cell.alignment = { wrapText: kind === 'text', vertical: 'top', horizontal: kind === 'text' ? 'left' : 'right' };
    cell.border = BORDER;
  });
}

function valueOf(cell: Cell, kind: ColumnKind): exceljs.CellValue {
  if (cell instanceof Temporal.PlainDate) return new Date(Date.UTC(cell.year, cell.month - 1, cell.day));
  if (typeof cell === 'string') return cleanText(cell);
  return cell !== null && kind === 'percent' ? fractionOf(cell) : cell;
}

/** 33.3 is 0.333, not the 0.33299999999999996 of a binary division. */
function fractionOf(perCent: number): number {
  return Number((perCent / 100).toFixed(8));
}

function sheetName(name: string): string {
  return cleanText(name).replace(NOT_IN_NAMES, '-').slice(0, NAME_LIMIT);
}

function widthOf(column: Column, index: number, sheet: Sheet): number {
  if (column.width !== undefined) return column.width;
  const longest = sheet.rows.reduce((most, row) => Math.max(most, asText(row[index] ?? null).length + 2), 0);
  // A heading may break over lines; its longest word may not.
  const word = Math.max(0, ...column.heading.flatMap((line) => line.split(/\s+/)).map((part) => part.length + 2));
  return Math.min(WIDEST, Math.max(NARROWEST, longest, word));
}
