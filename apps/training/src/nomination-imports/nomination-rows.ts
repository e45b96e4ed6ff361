import { z } from 'zod';
import { DomainError, nominate, nominationColumns, nominationSheet, type NominationColumn } from '#contracts';
import type { HeldClass } from '../classes/class.js';
import type { NominatedPerson } from '../trainees/trainee.js';
import type { Nomination } from '../enrolments/enrol-people.js';

type Sheet = z.output<typeof nominationSheet>;

/** What is wrong with one cell. Says nothing of the person, so it may be kept and shown. */
export interface RowFault {
  readonly row: number;
  /** As spreadsheets call it: `C7`. */
  readonly address: string;
  readonly code: string;
  readonly message: string;
}

export type CheckedRow = { readonly row: number; readonly nomination: Nomination } | { readonly row: number; readonly faults: RowFault[] };

const YES = new Set(['x', 'có', '1', 'yes', 'true', 'v']);
const NO = new Set(['', 'không', '0', 'no', 'false']);
const wording: Readonly<Partial<Record<NominationColumn, string>>> = {
  fullName: 'Thiếu họ và tên, hoặc dài quá 120 ký tự',
  unit: 'Thiếu đơn vị, hoặc dài quá 200 ký tự',
  position: 'Chức vụ dài quá 200 ký tự',
  needs: 'Nhu cầu dài quá 500 ký tự',
  email: 'Địa chỉ thư điện tử không đúng',
  phone: 'Số điện thoại dài quá 40 ký tự',
};
/** The person as contracts have it, without the seals: the sheet as a whole is sealed. */
const person = z.object({
  fullName: z.string().trim().min(1).max(120),
  unit: z.string().trim().min(1).max(200),
  position: z.string().max(200).nullable(),
  needs: z.string().max(500).nullable(),
  email: z.email().max(200).nullable(),
  phone: z.string().max(40).nullable(),
});

/** @throws DomainError `sheet-not-readable`: whoever made it did not follow the contract */
export function sheetOf(text: string): Sheet {
  const broken = new DomainError('sheet-not-readable', 'The list does not have the form of an import. Send the file to the import route.');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw broken;
  }
  const sheet = nominationSheet.safeParse(json);
  if (sheet.success) return sheet.data;
  throw broken;
}

/** Codes of the classes that rows name. */
export function classesIn({ rows }: Sheet): string[] {
  return [...new Set(rows.map(([, texts]) => codeOf(texts[0] ?? '')))].filter((code) => code !== '');
}

/**
 * Rows as nominations, or what is wrong with them, all of it at once.
 * @param classes those that take nominations, or why they do not, by code
 * @param only the class of all rows, when the file has no column for it
 */
export function checkedRows(
  { letters, rows }: Sheet,
  classes: ReadonlyMap<string, HeldClass | { readonly code: string; readonly message: string }>,
  only: HeldClass | null,
): CheckedRow[] {
  return rows.map(([row, texts]) => {
    const text = Object.fromEntries(nominationColumns.map((column, index) => [column, texts[index] ?? ''])) as Record<
      NominationColumn,
      string
    >;
    const fault = (column: NominationColumn, code: string, message: string): RowFault => ({
      row,
      address: `${letters[column] ?? 'A'}${String(row)}`,
      code,
      message,
    });
    const faults: RowFault[] = [];
    const named = only ?? classes.get(codeOf(text.class));
    if (named === undefined) faults.push(fault('class', 'class-not-found', 'Không có lớp này trong khóa'));
    else if ('message' in named) faults.push(fault('class', named.code, named.message));
    const leader = text.leader.toLocaleLowerCase('vi');
    if (!YES.has(leader) && !NO.has(leader))
      faults.push(fault('leader', 'leader-unclear', 'Ghi "x" hoặc "có" nếu là lãnh đạo, để trống nếu không'));
    const { fullName, unit } = text;
    const given = person.safeParse({ fullName, unit, ...emptyAsNull(text) });
    if (!given.success)
      for (const column of new Set(given.error.issues.map(({ path }) => path[0] as NominationColumn)))
        faults.push(fault(column, `${kebab(column)}-invalid`, wording[column] ?? 'Giá trị không đúng'));
    if (faults.length > 0 || !given.success || named === undefined || 'message' in named) return { row, faults };
    const trainee: NominatedPerson = { ...given.data, language: nominate.payload.shape.person.shape.language.parse(undefined) };
    return { row, nomination: { classId: named.id, person: trainee, leader: YES.has(leader) } };
  });
}

/** In which column a problem of a person shows: of their class, or of themselves. */
export function columnOf(code: string): NominationColumn {
  return code === 'agency-without-quota' ? 'class' : 'fullName';
}

const codeOf = (text: string): string => text.toUpperCase().trim();
const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function emptyAsNull({ position, needs, email, phone }: Record<'position' | 'needs' | 'email' | 'phone', string>) {
  return { position: position || null, needs: needs || null, email: email || null, phone: phone || null };
}
