import { join } from 'node:path';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { loadWorkingCalendar } from './calendar-files.js';
import { leavesTimeAfterWindow, nominalDueDate, periodOf, periodsBetween } from './period.js';

const calendar = loadWorkingCalendar(join(import.meta.dirname, '../../../plans/calendar'));
const day = (text: string) => Temporal.PlainDate.from(text);
const keys = (first: string, last: string) => periodsBetween(first, last).map((period) => period.key);

describe('a reporting period', () => {
  // The windows of Decree 09/2019/NĐ-CP art. 12, as its examples for 2020 read.
  it.each([
    ['2020-06', 'MONTHLY', 'tháng 6/2020', 'June 2020', '2020-05-15', '2020-06-14'],
    ['2020-01', 'MONTHLY', 'tháng 1/2020', 'January 2020', '2019-12-15', '2020-01-14'],
    ['2020-Q3', 'QUARTERLY', 'quý III/2020', 'quarter 3 of 2020', '2020-06-15', '2020-09-14'],
    ['2020-H1', 'SEMIANNUAL', '6 tháng đầu năm 2020', 'first half of 2020', '2019-12-15', '2020-06-14'],
    ['2020-H2', 'SEMIANNUAL', '6 tháng cuối năm 2020', 'second half of 2020', '2020-06-15', '2020-12-14'],
    ['2020', 'ANNUAL', 'năm 2020', '2020', '2019-12-15', '2020-12-14'],
  ])('%s has its frequency, names and data window', (key, frequency, labelVi, labelEn, from, to) => {
    expect(periodOf(key)).toMatchObject({ key, frequency, labelVi, labelEn, windowFrom: day(from), windowTo: day(to) });
  });

  it.each(['2020-13', '2020-00', '2020-Q5', '2020-H3', '20', '2020-6', 'quý III/2020', ''])('is refused as %j', (key) => {
    expect(() => periodOf(key)).toThrow(/is no reporting period: write 2020-06, 2020-Q3, 2020-H1 or 2020/);
  });
});

describe('periods from one to another', () => {
  it('include both, over the turn of a year', () => {
    expect(keys('2020-11', '2021-02')).toEqual(['2020-11', '2020-12', '2021-01', '2021-02']);
    expect(keys('2020-Q3', '2021-Q1')).toEqual(['2020-Q3', '2020-Q4', '2021-Q1']);
    expect(keys('2020-H2', '2021-H1')).toEqual(['2020-H2', '2021-H1']);
    expect(keys('2019', '2021')).toEqual(['2019', '2020', '2021']);
    expect(keys('2020-06', '2020-06')).toEqual(['2020-06']);
  });

  it('of different lengths, or in the wrong order, are refused', () => {
    expect(() => keys('2020-06', '2020-Q3')).toThrow(/different lengths/);
    expect(() => keys('2020-07', '2020-06')).toThrow(/2020-07 is after 2020-06/);
  });

  it('follow each other without a day lost or told twice', () => {
    const spans = [
      ['2019-01', '2022-12'],
      ['2019-Q1', '2022-Q4'],
      ['2019-H1', '2022-H2'],
      ['2019', '2022'],
    ] as const;
    for (const [first, last] of spans) {
      const periods = periodsBetween(first, last);
      for (const [index, period] of periods.entries()) {
        expect(periodOf(period.key)).toEqual(period);
        const next = periods[index + 1];
        if (next) expect(next.windowFrom).toEqual(period.windowTo.add({ days: 1 }));
      }
    }
  });
});

describe('the due day of a period', () => {
  it('lies in its last month', () => {
    expect(nominalDueDate(periodOf('2020-06'), 17)).toEqual(day('2020-06-17'));
    expect(nominalDueDate(periodOf('2020-Q3'), 22)).toEqual(day('2020-09-22'));
    expect(nominalDueDate(periodOf('2020'), 18)).toEqual(day('2020-12-18'));
  });

  it('is the last day of a month that is too short', () => {
    expect(nominalDueDate(periodOf('2020-02'), 31)).toEqual(day('2020-02-29'));
    expect(nominalDueDate(periodOf('2021-02'), 30)).toEqual(day('2021-02-28'));
  });

  it('leaves a working day after the figures close', () => {
    // June 2020: closed on Sunday the 14th. November 2020: closed on Saturday the 14th.
    expect(leavesTimeAfterWindow(periodOf('2020-06'), day('2020-06-14'), calendar)).toBe(false);
    expect(leavesTimeAfterWindow(periodOf('2020-06'), day('2020-06-15'), calendar)).toBe(true);
    expect(leavesTimeAfterWindow(periodOf('2020-11'), day('2020-11-15'), calendar)).toBe(false);
    expect(leavesTimeAfterWindow(periodOf('2020-11'), day('2020-11-16'), calendar)).toBe(true);
  });

  it('a later due day never leaves less time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 30 }), (month, dayOfMonth) => {
        const period = periodOf(`2021-${String(month).padStart(2, '0')}`);
        const leaves = (dueDay: number) => leavesTimeAfterWindow(period, nominalDueDate(period, dueDay), calendar);
        expect(Number(leaves(dayOfMonth))).toBeLessThanOrEqual(Number(leaves(dayOfMonth + 1)));
      }),
    );
  });
});
