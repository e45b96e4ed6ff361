import { HttpStatus } from '@nestjs/common';
import { readTable, TableError, type TableErrorCode, type TableLimits, type TableRow } from '#documents';
import { SHEET_LIMIT } from './bodies.js';
import { Refusal } from './problem.js';

const details = (form: string, rows: number): Readonly<Record<TableErrorCode, string>> => ({
  'too-large': `The file is larger than ${String(SHEET_LIMIT)} bytes. Divide it.`,
  'unpacks-too-large': 'What is in the file is too large. Copy the rows into an empty form.',
  'too-many-rows': `The file has more than ${String(rows)} rows, or something stands far below them. Divide it, or copy the rows into an empty form.`,
  'too-many-columns': 'Something stands far to the right. Copy the rows into an empty form.',
  'not-readable': 'The file is no workbook that can be read. Save it anew as XLSX.',
  'not-utf-8': 'The file is not UTF-8. Save it as "CSV UTF-8", or as XLSX.',
  'open-quote': 'A quotation mark is not closed. Close it.',
  'column-twice': 'A column stands there twice. Take one out.',
  'no-header': `No row names all columns. Use the form of GET ${form}.`,
});

/**
 * The rows of a file that was sent whole.
 * @param type of the content, as its sender says it: CSV or else XLSX
 * @param form address of the form that has every column
 * @throws Refusal 422 `sheet-<code>`, with the cell where it shows
 */
export async function rowsIn<Name extends string>(
  file: unknown,
  type: string | undefined,
  columns: Readonly<Record<Name, readonly string[]>>,
  limits: Omit<TableLimits, 'bytes'>,
  form: string,
): Promise<TableRow<Name>[]> {
  const bytes = Buffer.isBuffer(file) ? file : Buffer.alloc(0);
  return readTable(bytes, type?.startsWith('text/csv') ? 'csv' : 'xlsx', columns, { ...limits, bytes: SHEET_LIMIT }).catch(
    (error: unknown) => {
      if (!(error instanceof TableError)) throw error;
      throw new Refusal(
        {
          status: HttpStatus.UNPROCESSABLE_ENTITY,
          code: `sheet-${error.code}`,
          detail: details(form, limits.rows)[error.code],
          errors: [{ ...error.details, ...(error.address === null ? {} : { address: error.address }) }],
        },
        { cause: error },
      );
    },
  );
}
