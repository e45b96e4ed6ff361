import { Temporal } from 'temporal-polyfill';
import type { WorkingCalendar } from './working-calendar.js';

export const reportFrequencies = ['MONTHLY', 'QUARTERLY', 'SEMIANNUAL', 'ANNUAL'] as const;
export type ReportFrequency = (typeof reportFrequencies)[number];

export interface ReportingPeriod {
  /** `2020-06`, `2020-Q3`, `2020-H1`, `2020`. */
  readonly key: string;
  readonly frequency: ReportFrequency;
  readonly labelVi: string;
  readonly labelEn: string;
  /** First and last day the figures cover (Decree 09/2019/NĐ-CP art. 12). */
  readonly windowFrom: Temporal.PlainDate;
  readonly windowTo: Temporal.PlainDate;
  readonly lastMonth: Temporal.PlainYearMonth;
}

const MONTHS_IN: Readonly<Record<ReportFrequency, number>> = { MONTHLY: 1, QUARTERLY: 3, SEMIANNUAL: 6, ANNUAL: 12 };
const ROMAN = ['I', 'II', 'III', 'IV'] as const;
const FORMS: readonly (readonly [RegExp, ReportFrequency])[] = [
  [/^(\d{4})-(0[1-9]|1[0-2])$/, 'MONTHLY'],
  [/^(\d{4})-Q([1-4])$/, 'QUARTERLY'],
  [/^(\d{4})-H([12])$/, 'SEMIANNUAL'],
  [/^(\d{4})$/, 'ANNUAL'],
];

function labels(frequency: ReportFrequency, year: number, index: number): { labelVi: string; labelEn: string } {
  const y = String(year);
  switch (frequency) {
    case 'MONTHLY':
      return {
        labelVi: `tháng ${String(index)}/${y}`,
        labelEn: new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.UTC(year, index - 1)),
      };
    case 'QUARTERLY':
      return { labelVi: `quý ${ROMAN[index - 1] ?? ''}/${y}`, labelEn: `quarter ${String(index)} of ${y}` };
    case 'SEMIANNUAL':
      return index === 1
        ? { labelVi: `6 tháng đầu năm ${y}`, labelEn: `first half of ${y}` }
        : { labelVi: `6 tháng cuối năm ${y}`, labelEn: `second half of ${y}` };
    case 'ANNUAL':
      return { labelVi: `năm ${y}`, labelEn: y };
  }
}

/**
 * The period of a key. Windows run from the 15th of the month before the period to the 14th of its last month (Decree 09/2019/NĐ-CP art. 12).
 * @throws RangeError when the key has none of the four forms
 */
export function periodOf(key: string): ReportingPeriod {
  for (const [form, frequency] of FORMS) {
    const match = form.exec(key);
    if (!match) continue;
    const year = Number(match[1]);
    const index = Number(match[2] ?? 1);
    const lastMonth = new Temporal.PlainYearMonth(year, index * MONTHS_IN[frequency]);
    return {
      key,
      frequency,
      ...labels(frequency, year, index),
      windowFrom: lastMonth.subtract({ months: MONTHS_IN[frequency] }).toPlainDate({ day: 15 }),
      windowTo: lastMonth.toPlainDate({ day: 14 }),
      lastMonth,
    };
  }
  throw new RangeError(`"${key}" is no reporting period: write 2020-06, 2020-Q3, 2020-H1 or 2020`);
}

function keyOf(frequency: ReportFrequency, lastMonth: Temporal.PlainYearMonth): string {
  const index = lastMonth.month / MONTHS_IN[frequency];
  const year = String(lastMonth.year);
  switch (frequency) {
    case 'MONTHLY':
      return `${year}-${String(index).padStart(2, '0')}`;
    case 'QUARTERLY':
      return `${year}-Q${String(index)}`;
    case 'SEMIANNUAL':
      return `${year}-H${String(index)}`;
    case 'ANNUAL':
      return year;
  }
}

/** Every period from the first to the last key, both included. @throws RangeError when the two are of different frequencies or in the wrong order */
export function periodsBetween(firstKey: string, lastKey: string): ReportingPeriod[] {
  const first = periodOf(firstKey);
  const last = periodOf(lastKey);
  if (first.frequency !== last.frequency) throw new RangeError(`${firstKey} and ${lastKey} are periods of different lengths`);
  if (Temporal.PlainYearMonth.compare(first.lastMonth, last.lastMonth) > 0) throw new RangeError(`${firstKey} is after ${lastKey}`);
  const periods: ReportingPeriod[] = [];
  for (
    let month = first.lastMonth;
    Temporal.PlainYearMonth.compare(month, last.lastMonth) <= 0;
    month = month.add({ months: MONTHS_IN[first.frequency] })
  ) {
    periods.push(periodOf(keyOf(first.frequency, month)));
  }
  return periods;
}

/** The written due day: a day of the period's last month, or that month's last day where it has no such day (Civil Code 2015 art. 147). */
export function nominalDueDate(period: ReportingPeriod, dayOfLastMonth: number): Temporal.PlainDate {
  return period.lastMonth.toPlainDate({ day: Math.min(dayOfLastMonth, period.lastMonth.daysInMonth) });
}

/** At least one working day between the end of the figures and the due day (Decree 09/2019/NĐ-CP art. 8.5). */
export function leavesTimeAfterWindow(
  period: Pick<ReportingPeriod, 'windowTo'>,
  dueOn: Temporal.PlainDate,
  calendar: WorkingCalendar,
): boolean {
  return calendar.workingDaysBetween(period.windowTo, dueOn) >= 1;
}
