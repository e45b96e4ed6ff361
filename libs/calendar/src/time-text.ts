import { Temporal } from 'temporal-polyfill';

/** What a plan's words about time mean. A standing task has no due day. */
export interface TaskTime {
  readonly startsOn: Temporal.PlainDate | null;
  readonly dueOn: Temporal.PlainDate | null;
  readonly standing: boolean;
}

const QUARTERS: Readonly<Record<string, number>> = { i: 1, ii: 2, iii: 3, iv: 4 };
export const timeTextForms = [
  'Quý II/2020',
  'Quý II-III/2020',
  'Tháng 6/2020',
  'Tháng 6-8/2020',
  '6 tháng đầu năm 2020',
  '6 tháng cuối năm 2020',
  'Năm 2020',
  'Thường xuyên',
];

function months(year: number, first: number, last: number): TaskTime {
  if (first > last || first < 1 || last > 12)
    throw new RangeError(`months ${String(first)} to ${String(last)} of ${String(year)} are no span of time`);
  return {
    startsOn: new Temporal.PlainDate(year, first, 1),
    dueOn: Temporal.PlainDate.from({ year, month: last, day: 31 }, { overflow: 'constrain' }),
    standing: false,
  };
}

/**
 * The column "thời gian thực hiện" of a plan. Tolerant of case, spaces, dashes and decomposed letters.
 * @throws RangeError listing the known forms
 */
export function parseTimeText(text: string): TaskTime {
  const words = text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[–—]/g, '-')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([-/]) ?/g, '$1')
    .trim();
  if (words === 'thường xuyên' || words === 'hằng năm' || words === 'hàng năm') return { startsOn: null, dueOn: null, standing: true };
  const quarter = /^quý (i{1,3}|iv)(?:-(i{1,3}|iv))?(?:\/| năm )(\d{4})$/.exec(words);
  if (quarter) {
    const first = QUARTERS[quarter[1] ?? ''] ?? 0;
    const last = QUARTERS[quarter[2] ?? quarter[1] ?? ''] ?? 0;
    return months(Number(quarter[3]), first * 3 - 2, last * 3);
  }
  const month = /^tháng (\d{1,2})(?:-(\d{1,2}))?(?:\/| năm )(\d{4})$/.exec(words);
  if (month) return { ...months(Number(month[3]), Number(month[1]), Number(month[2] ?? month[1])) };
  const half = /^6 tháng (đầu|cuối) năm (\d{4})$/.exec(words);
  if (half) return half[1] === 'đầu' ? months(Number(half[2]), 1, 6) : months(Number(half[2]), 7, 12);
  const year = /^năm (\d{4})$/.exec(words);
  if (year) return months(Number(year[1]), 1, 12);
  throw new RangeError(`"${text}" is no time that plans use. Known forms: ${timeTextForms.join('; ')}`);
}
