import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { NOMINATION_ROWS, nominationColumns, type NominationColumn, type nominationSheet } from '#contracts';
import { workbook, type TableRow } from '#documents';
import { rowsIn } from '../http/sheets.js';

/** Names of columns, as people write them; the first is that of the form. */
const COLUMNS: Readonly<Record<NominationColumn, readonly string[]>> = {
  class: ['Lớp', 'Mã lớp', 'Class'],
  fullName: ['Họ và tên', 'Họ tên', 'Full name'],
  unit: ['Đơn vị', 'Đơn vị công tác', 'Unit'],
  position: ['Chức vụ', 'Position'],
  leader: ['Lãnh đạo', 'Leader'],
  needs: ['Nhu cầu', 'Nhu cầu học tập', 'Needs'],
  email: ['Email', 'Thư điện tử', 'E-mail'],
  phone: ['Điện thoại', 'Số điện thoại', 'Phone'],
};
const LIMITS = { unpackedBytes: 60_000_000, rows: NOMINATION_ROWS, columns: 50 };

/**
 * A list of nominations as messages carry it, with the digest of its file.
 * @param forOneClass the file needs no column that says the class
 * @throws Refusal 422 `sheet-<code>`, with the cell where it shows
 */
export async function sheetIn(file: unknown, type: string | undefined, forOneClass: boolean): Promise<{ sheet: string; digest: string }> {
  const bytes = Buffer.isBuffer(file) ? file : Buffer.alloc(0);
  const wanted = nominationColumns.filter((column) => !(forOneClass && column === 'class'));
  const columns = Object.fromEntries(wanted.map((column) => [column, COLUMNS[column]])) as Record<NominationColumn, readonly string[]>;
  const rows = await rowsIn(bytes, type, columns, LIMITS, '/api/v1/nominations/form');
  const letters = Object.fromEntries(nominationColumns.map((column) => [column, letterOf(rows[0], column)])) as Record<
    NominationColumn,
    string | null
  >;
  const sheet: z.input<typeof nominationSheet> = {
    letters,
    rows: rows.map(({ number, cells }) => [number, nominationColumns.map((column) => (column in cells ? cells[column].text : ''))]),
  };
  return { sheet: JSON.stringify(sheet), digest: createHash('sha256').update(bytes).digest('base64url') };
}

/** An empty form: whoever fills it in has every column under its name. */
export function emptyForm(): Promise<Buffer> {
  const notes = [
    'Cột "Lớp" ghi mã lớp; cột "Lãnh đạo" ghi "x" nếu là lãnh đạo.',
    'Không ghi ngày sinh, số giấy tờ tùy thân. Cơ quan cử người đã thông báo cho từng người về việc xử lý dữ liệu cá nhân.',
  ];
  const columns = nominationColumns.map((column) => ({ heading: [COLUMNS[column][0] ?? column], kind: 'text' as const, width: 24 }));
  const title = 'Danh sách cử học viên';
  return workbook([{ name: 'Danh sách', title, notes, columns, rows: [] }], Temporal.Instant.fromEpochMilliseconds(0));
}

function letterOf(row: TableRow<NominationColumn> | undefined, column: NominationColumn): string | null {
  if (!row || !(column in row.cells)) return null;
  return row.cells[column].address.replace(/\d+$/, '');
}
