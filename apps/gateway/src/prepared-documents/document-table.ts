import { Temporal } from 'temporal-polyfill';
import { formatDate, formatDateTime } from '#calendar';
import type { getPreparedDocument, Level, ReplyOf } from '#contracts';
import { csv, workbook, type Cell, type Column, type Sheet } from '#documents';

type Prepared = ReplyOf<typeof getPreparedDocument>;
type Item = Extract<Prepared['content'], { kind: 'city-list-item' }>;
type List = Extract<Prepared['content'], { kind: 'late-agencies' }>;
type Counted = List['totals'];

const FIGURES: readonly { column: Column; of: (counted: Counted) => Cell }[] = [
  figure('Số nội dung phải thực hiện', 'Expected', (row) => row.expected),
  figure('Đã thực hiện', 'Actual', (row) => row.actual),
  figure('Đúng hạn theo hạn ban đầu', 'On time, first deadline', (row) => row.onTime.raw),
  figure('Đúng hạn, tính gia hạn', 'On time, with extensions', (row) => row.onTime.withExtensions),
  figure('Đúng hạn, tính cả bất khả kháng', 'On time, with force majeure', (row) => row.onTime.withForceMajeure),
  figure('Chậm', 'Late', (row) => row.late),
  figure('Chưa thực hiện', 'Missing', (row) => row.missing),
  figure('Quá hạn', 'Overdue', (row) => row.overdue),
  figure('Số ngày làm việc chậm nhiều nhất', 'Working days late, longest', (row) => row.workingDaysLate.longest),
  figure('Tổng số ngày làm việc chậm', 'Working days late, in total', (row) => row.workingDaysLate.total),
];

/** Steps after the deadline, as letters here call them. */
const CHASINGS: Readonly<Partial<Record<Level, string>>> = {
  'chase-1': 'Đôn đốc lần 1',
  'chase-2': 'Đôn đốc lần 2',
  'chase-3': 'Đôn đốc lần 3',
};

/** `danh sách cơ quan chậm thực hiện 100-KH-UBND 2020-Q2.xlsx`: a number of a document has signs that no file name may have. */
export function fileName({ plan, content }: Prepared, ending: string): string {
  const number = plan.replace(/[^\p{L}\p{N}]+/gu, '-');
  return content.kind === 'late-agencies'
    ? `danh sách cơ quan chậm thực hiện ${number} ${content.quarter}.${ending}`
    : `mục báo cáo ${number} ${content.debtor.code} hạn ${content.dueOn}.${ending}`;
}

/** One row of headings in each language, then the rows, and the total where there is one. */
export function asCsv(document: Prepared): Buffer {
  const { columns, rows, total } = sheetOf(document);
  const headings = [0, 1].map((language) => columns.map(({ heading }) => heading[language] ?? ''));
  return csv([...headings, ...rows, ...(total ? [total] : [])]);
}

export function asWorkbook(document: Prepared): Promise<Buffer> {
  return workbook([sheetOf(document)], Temporal.Instant.from(document.preparedAt));
}

function sheetOf({ plan, content }: Prepared): Sheet {
  return content.kind === 'late-agencies' ? listSheet(plan, content) : itemSheet(plan, content);
}

function listSheet(plan: string, list: List): Sheet {
  return {
    name: `Cơ quan chậm ${list.quarter}`,
    title: `Danh sách cơ quan chậm thực hiện ${list.label} - Kế hoạch ${plan}`,
    notes: [
      `Hạn ban đầu từ ${dayText(list.from)} đến ${dayText(list.to)}; tính đến ${formatDateTime(Temporal.Instant.from(list.asOf)).replace(' ', ' ngày ')}`,
      `${String(list.agencies.late)} trong số ${String(list.agencies.owing)} cơ quan chậm; dòng tổng cộng tính tất cả các cơ quan`,
    ],
    columns: [
      { heading: ['Mã', 'Code'], kind: 'text' },
      { heading: ['Cơ quan', 'Agency'], kind: 'text' },
      ...FIGURES.map(({ column }) => column),
    ],
    rows: list.rows.map((row) => [row.key, row.label, ...FIGURES.map(({ of }) => of(row))]),
    total: [null, 'Tổng cộng', ...FIGURES.map(({ of }) => of(list.totals))],
  };
}

function itemSheet(plan: string, item: Item): Sheet {
  return {
    name: 'Mục báo cáo',
    title: `${item.debtor.name}: ${item.title} ${item.period} - Kế hoạch ${plan}`,
    notes: [`Hạn: chậm nhất ngày ${dayText(item.dueOn)}; đã đôn đốc ${String(item.chasings.length)} lần`],
    columns: [
      { heading: ['Bước', 'Step'], kind: 'text' },
      { heading: ['Ngày', 'Day'], kind: 'text' },
    ],
    rows: item.chasings.map(({ level, rung, on }) => [CHASINGS[level] ?? rung, dayText(on)]),
  };
}

function figure(vietnamese: string, english: string, of: (counted: Counted) => Cell) {
  return { column: { heading: [vietnamese, english], kind: 'integer', width: 13 } as const, of };
}

function dayText(day: string): string {
  return formatDate(Temporal.PlainDate.from(day));
}
