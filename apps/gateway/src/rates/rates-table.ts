import { Temporal } from 'temporal-polyfill';
import { formatDate, formatDateTime } from '#calendar';
import type { RateGrouping, ReplyOf, reportingRates } from '#contracts';
import { csv, workbook, type Cell, type Column, type Sheet } from '#documents';

type Rates = ReplyOf<typeof reportingRates>;
type Counted = Rates['totals'];

const BY: Readonly<Record<RateGrouping, { name: string; heading: readonly [string, string] }>> = {
  agency: { name: 'theo cơ quan', heading: ['Cơ quan', 'Agency'] },
  level: { name: 'theo cấp', heading: ['Cấp', 'Level'] },
  requirement: { name: 'theo chế độ báo cáo', heading: ['Chế độ báo cáo', 'Requirement'] },
  period: { name: 'theo kỳ báo cáo', heading: ['Kỳ báo cáo', 'Period'] },
};

/** Kinds of agencies, as people here call them. */
const KINDS: Readonly<Record<string, string>> = {
  CITY_UBND: 'UBND Thành phố',
  DEPARTMENT: 'Sở',
  DISTRICT_UBND: 'UBND cấp huyện',
  COMMUNE_UBND: 'UBND cấp xã',
  OFFICE: 'Văn phòng',
  CENTRE: 'Trung tâm',
  MINISTRY: 'Bộ',
  CENTRAL_OFFICE: 'Cơ quan Trung ương',
  PRESS: 'Cơ quan báo chí',
  UNIVERSITY: 'Trường đại học',
};

/** What each column of figures says, in both languages. */
const FIGURES: readonly { column: Column; of: (counted: Counted) => Cell }[] = [
  figure('integer', 'Số báo cáo phải nộp', 'Expected reports', (row) => row.expected),
  figure('integer', 'Đã nộp', 'Actual reports', (row) => row.actual),
  figure('percent', 'Tỉ lệ báo cáo (%)', 'Reporting rate', (row) => row.rates.reporting),
  figure('integer', 'Đúng hạn theo hạn ban đầu', 'On time, first deadline', (row) => row.onTime.raw),
  figure('percent', 'Tỉ lệ đúng hạn (%)', 'Reporting rate on time', (row) => row.rates.onTime.raw),
  figure('integer', 'Đúng hạn, tính gia hạn', 'On time, with extensions', (row) => row.onTime.withExtensions),
  figure('percent', 'Tỉ lệ đúng hạn, tính gia hạn (%)', 'Rate on time, with extensions', (row) => row.rates.onTime.withExtensions),
  figure('integer', 'Đúng hạn, tính cả bất khả kháng', 'On time, with force majeure', (row) => row.onTime.withForceMajeure),
  figure(
    'percent',
    'Tỉ lệ đúng hạn, tính cả bất khả kháng (%)',
    'Rate on time, with force majeure',
    (row) => row.rates.onTime.withForceMajeure,
  ),
  figure('integer', 'Yêu cầu chỉnh lý', 'Returned', (row) => row.returned),
  figure('integer', 'Chưa nộp', 'Missing', (row) => row.missing),
  figure('integer', 'Quá hạn', 'Overdue', (row) => row.overdue),
  figure('integer', 'Được miễn', 'Waived', (row) => row.waived),
  figure('integer', 'Không đưa vào tổng hợp', 'Excluded', (row) => row.excluded),
];

/** `tỉ lệ báo cáo 100-KH-UBND theo cơ quan.xlsx`: a number of a document has signs that no file name may have. */
export function fileName({ documentNumber, by }: Rates, ending: string): string {
  return `tỉ lệ báo cáo ${documentNumber.replace(/[^\p{L}\p{N}]+/gu, '-')} ${BY[by].name}.${ending}`;
}

/** One row of headings in each language, then one row for each thing counted by, then all together. */
export function asCsv(rates: Rates): Buffer {
  const { columns, rows, total = [] } = sheetOf(rates);
  return csv([columns.map(({ heading }) => heading[0] ?? ''), columns.map(({ heading }) => heading[1] ?? ''), ...rows, total]);
}

export function asWorkbook(rates: Rates): Promise<Buffer> {
  return workbook([sheetOf(rates)], Temporal.Instant.from(rates.asOf));
}

function sheetOf(rates: Rates): Sheet {
  const { name, heading } = BY[rates.by];
  return {
    name: `Tỉ lệ báo cáo ${name}`,
    title: `Tỉ lệ báo cáo ${name} - Kế hoạch ${rates.documentNumber}`,
    notes: [scope(rates)],
    columns: [{ heading: ['Mã', 'Code'], kind: 'text' }, { heading, kind: 'text' }, ...FIGURES.map(({ column }) => column)],
    rows: rates.rows.map((row) => [row.key, nameOf(row, rates.by), ...figures(row)]),
    total: [null, 'Tổng cộng', ...figures(rates.totals)],
  };
}

/** A level by the kinds of agencies that it consists of: its number alone says little. */
function nameOf({ label, kinds }: Rates['rows'][number], by: RateGrouping): string {
  return by === 'level' ? `${label} (${kinds.map((kind) => KINDS[kind] ?? kind).join(', ')})` : label;
}

/** Which reports are counted, in words: a printed table says of itself what it is. */
function scope({ from, to, asOf, requirement, agency }: Rates): string {
  const day = (text: string) => formatDate(Temporal.PlainDate.from(text));
  return [
    `Tính đến ${formatDateTime(Temporal.Instant.from(asOf)).replace(' ', ' ngày ')}`,
    ...(from === null ? [] : [`hạn nộp từ ${day(from)}`]),
    ...(to === null ? [] : [`hạn nộp đến ${day(to)}`]),
    ...(requirement === null ? [] : [`chế độ báo cáo ${requirement}`]),
    ...(agency === null ? [] : [`cơ quan ${agency}`]),
  ].join('; ');
}

function figure(kind: Column['kind'], vietnamese: string, english: string, of: (counted: Counted) => Cell) {
  return { column: { heading: [vietnamese, english], kind, width: 13 }, of };
}

function figures(counted: Counted): Cell[] {
  return FIGURES.map(({ of }) => of(counted));
}
