import { Temporal } from 'temporal-polyfill';

/** What a plan's words about time mean. A standing task has no due day. */
export interface TaskTime {
  readonly startsOn: Temporal.PlainDate | null;
  readonly dueOn: Temporal.PlainDate | null;
  readonly standing: boolean;
}

const QUARTERS: Readonly<Record<string, number>> = { i: 1, ii: 2, iii: 3, iv: 4, 1: 1, 2: 2, 3: 3, 4: 4 };
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

type Form = readonly [RegExp, (match: RegExpExecArray) => TaskTime];

const forms: readonly Form[] = [
  [/^(thường xuyên|hằng năm|hàng năm)$/, () => ({ startsOn: null, dueOn: null, standing: true })],
  [
    /^qu[ýí] (i{1,3}|iv|[1-4])(?:-(i{1,3}|iv|[1-4]))?(?:\/| năm )(\d{4})$/,
    ([, first = '', last = first, year]) => months(Number(year), (QUARTERS[first] ?? 0) * 3 - 2, (QUARTERS[last] ?? 0) * 3),
  ],
  [
    /^tháng (\d{1,2})(?:-(\d{1,2}))?(?:\/| năm )(\d{4})$/,
    ([, first, last = first, year]) => months(Number(year), Number(first), Number(last)),
  ],
  [/^6 tháng đầu năm (\d{4})$/, ([, year]) => months(Number(year), 1, 6)],
  [/^6 tháng cuối năm (\d{4})$/, ([, year]) => months(Number(year), 7, 12)],
  [/^(?:cả )?năm (\d{4})$/, ([, year]) => months(Number(year), 1, 12)],
];

/**
 * The column "thời gian thực hiện" of a plan. Tolerant of case, spaces, dashes, decomposed letters and both spellings of
 * "quý".
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
  for (const [form, read] of forms) {
    const match = form.exec(words);
    if (match) return read(match);
  }
  throw new RangeError(`"${text}" is no time that plans use. Known forms: ${timeTextForms.join('; ')}`);
}
