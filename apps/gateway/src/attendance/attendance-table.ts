import { Temporal } from 'temporal-polyfill';
import { formatDate } from '#calendar';
import type { AttendanceStatus, PayloadOf, readAttendance, recordAttendanceSheet, ReplyOf } from '#contracts';
import { byVietnameseName, workbook } from '#documents';
import { rowsIn } from '../http/sheets.js';

type Attendance = ReplyOf<typeof readAttendance>;
type Rows = PayloadOf<typeof recordAttendanceSheet>['rows'];

const PARTS = { morning: 'sáng', afternoon: 'chiều' } as const;
/** As a filled box says it; what is read may be written in other ways, too. */
const MARKS: Readonly<Record<AttendanceStatus, string>> = { present: 'có mặt', late: 'muộn', excused: 'có phép', absent: 'vắng' };
const NUMBER = 'Số ghi danh';
const LIMITS = { unpackedBytes: 60_000_000, rows: 2000, columns: 140 };

/** `điểm danh LOP-A-01.xlsx` */
export const sheetName = ({ code }: Attendance): string => `điểm danh ${code}.xlsx`;

/** The sheet of a class: a row for each person enrolled, a box for each session. What is on record stands in it; an empty box says nothing. */
export function attendanceSheet({ code, title, sessions, enrolments }: Attendance, madeAt: Temporal.Instant): Promise<Buffer> {
  const people = [...enrolments].sort((one, other) => byVietnameseName(one.name ?? '', other.name ?? '') || one.number - other.number);
  return workbook(
    [
      {
        name: 'Điểm danh',
        title: `Điểm danh lớp ${code} - ${title}`,
        notes: [
          ...sessions.map(
            ({ ordinal, day, part, topic }) =>
              `Buổi ${String(ordinal)}: ${PARTS[part]} ngày ${formatDate(Temporal.PlainDate.from(day))}. ${topic}`,
          ),
          'Ghi vào ô của từng buổi: "có mặt" (x), "muộn" (m), "có phép" (p) hoặc "vắng" (v). Ô trống: chưa ghi nhận. Không sửa cột "Số ghi danh".',
        ],
        columns: [
          { heading: [NUMBER], kind: 'text' },
          { heading: ['Họ và tên'], kind: 'text' },
          { heading: ['Đơn vị'], kind: 'text' },
          ...sessions.map(({ ordinal }) => ({ heading: [boxOf(ordinal)], kind: 'text' as const, width: 12 })),
        ],
        rows: people.map(({ number, name, unit, marks }) => [
          String(number),
          name,
          unit,
          ...sessions.map(({ sessionId }) => {
            const mark = marks.find((one) => one.sessionId === sessionId);
            return mark ? MARKS[mark.status] : null;
          }),
        ]),
      },
    ],
    madeAt,
  );
}

/**
 * A sheet that came back, cell by cell.
 * @param sessions of the class: each has its box
 * @throws Refusal 422 `sheet-<code>`, with the cell where it shows
 */
export async function marksIn(file: unknown, type: string | undefined, { classId, sessions }: Attendance): Promise<Rows> {
  const boxes = Object.fromEntries(
    sessions.map(({ ordinal }) => [`box${String(ordinal)}`, [boxOf(ordinal), `Session ${String(ordinal)}`]]),
  );
  const columns: Record<string, readonly string[]> = { number: [NUMBER, 'Number'], ...boxes };
  const rows = await rowsIn(file, type, columns, LIMITS, `/api/v1/classes/${classId}/attendance/sheet`);
  return rows.map(({ cells }) => ({
    number: cells['number'] ?? { address: '', text: '' },
    marks: sessions.flatMap(({ ordinal }) => {
      const cell = cells[`box${String(ordinal)}`];
      return cell === undefined || cell.text === '' ? [] : [{ ordinal, ...cell }];
    }),
  }));
}

const boxOf = (ordinal: number): string => `Buổi ${String(ordinal)}`;
