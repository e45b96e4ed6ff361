import { Temporal } from 'temporal-polyfill';
import { formatDateTime } from '#calendar';
import type { getBudget, LineOrigin, ReplyOf } from '#contracts';
import { csv, workbook, type Cell, type Column, type Sheet } from '#documents';

type Budget = ReplyOf<typeof getBudget>;
type Source = Budget['sources'][number];
type Line = Source['lines'][number];

/** Where a line comes from, as people here call it. */
const ORIGINS: Readonly<Record<LineOrigin, string>> = {
  'plan-file': 'Theo kế hoạch',
  'by-hand': 'Giao theo quyết định riêng',
  supplement: 'Bổ sung kinh phí',
};

/** What each column says, in both languages. Money in đồng; an amount that is not known is an empty cell, never 0. */
const COLUMNS: readonly { column: Column; of: (line: Line, source: Source) => Cell }[] = [
  column('text', 'Mã nhiệm vụ', 'Task code', (line) => line.task),
  column('text', 'Nhiệm vụ', 'Task', (line) => line.taskTitle),
  column('text', 'Nguồn kinh phí', 'Budget source', (_, source) => source.source),
  column('text', 'Quyết định giao', 'Decision', (_, source) => source.decision),
  column('text', 'Đơn vị được giao dự toán', 'Holder', (line) => line.holder),
  column('text', 'Căn cứ', 'Origin', (line) => (line.retired ? `${ORIGINS[line.origin]} (đã thôi cấp)` : ORIGINS[line.origin])),
  column('integer', 'Dự toán (đồng)', 'Amount', (line) => (line.retired ? null : line.amount)),
  column('integer', 'Đã chi (đồng)', 'Spent', (line) => line.spent),
  column('integer', 'Còn lại (đồng)', 'Remaining', (line) => (line.retired ? null : line.remaining)),
];

/** `dự toán 100-KH-UBND.xlsx`: a number of a document has signs that no file name may have. */
export function fileName({ documentNumber }: Budget, ending: string): string {
  return `dự toán ${documentNumber.replace(/[^\p{L}\p{N}]+/gu, '-')}.${ending}`;
}

/** One row of headings in each language, then one row for each line, then all together. */
export function asCsv(budget: Budget): Buffer {
  const { columns, rows, total = [] } = sheetOf(budget);
  return csv([columns.map(({ heading }) => heading[0] ?? ''), columns.map(({ heading }) => heading[1] ?? ''), ...rows, total]);
}

export function asWorkbook(budget: Budget): Promise<Buffer> {
  return workbook([sheetOf(budget)], Temporal.Instant.from(budget.asOf));
}

function sheetOf(budget: Budget): Sheet {
  const { amount, spent, remaining, linesWithoutAmount, lines } = budget.totals.all;
  const at = formatDateTime(Temporal.Instant.from(budget.asOf)).replace(' ', ' ngày ');
  const unknown =
    linesWithoutAmount === 0 ? '' : `; ${String(linesWithoutAmount)}/${String(lines)} khoản chưa rõ dự toán, không tính vào tổng dự toán`;
  return {
    name: 'Dự toán',
    title: `Dự toán và tình hình chi - Kế hoạch ${budget.documentNumber}`,
    notes: [`Tính đến ${at}${unknown}`],
    columns: COLUMNS.map((one) => one.column),
    rows: budget.sources.flatMap((source) => source.lines.map((line) => COLUMNS.map(({ of }) => of(line, source)))),
    total: [null, 'Tổng cộng', null, null, null, null, amount, spent, remaining],
  };
}

function column(kind: Column['kind'], vietnamese: string, english: string, of: (line: Line, source: Source) => Cell) {
  return { column: { heading: [vietnamese, english], kind }, of };
}
