import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { loadWorkingCalendar } from './calendar-files.js';
import type { CalendarDay } from './working-calendar.js';

const calendar = loadWorkingCalendar(join(import.meta.dirname, '../../../plans/calendar'));

/** Weekdays off and make-up Saturdays of officials, copied by hand from the published schedules: the files must say the same, no more and no less. */
const PUBLISHED: readonly (readonly [number, string, string])[] = [
  [2020, '01/01; 23, 24, 27, 28, 29/01; 02/04; 30/04; 01/05; 02/09', ''],
  [2021, '01/01; 10, 11, 12, 15, 16/02; 21/04; 30/04; 03/05; 02, 03/09', ''],
  [2022, '03/01; 31/01, 01-04/02; 11/04; 02, 03/05; 01, 02/09', ''],
  [2023, '02/01; 20, 23-26/01; 01, 02, 03/05; 01, 04/09', ''],
  [2024, '01/01; 08, 09, 12-14/02; 18/04; 29, 30/04, 01/05; 02, 03/09', '04/05'],
  [2025, '01/01; 27-31/01; 07/04; 30/04, 01, 02/05; 01, 02/09', '26/04'],
  [2026, '01, 02/01; 16-20/02; 27/04; 30/04, 01/05; 31/08, 01, 02/09', '10/01; 22/08'],
];
/** By the Labour Code and the lunar calendar; its decision is not out. */
const EXPECTED_2027 = '01/01; 04, 05, 08, 09, 10/02; 16/04; 30/04; 03/05; 02, 03/09';

/** `23-26/01`, `29, 30/04` and the like as ISO days; a day without a month has that of the next one that has. */
function daysOf(year: number, text: string): string[] {
  let month = '';
  const found = text
    .split(/[;,] ?/)
    .filter((part) => part !== '')
    .reverse()
    .flatMap((part) => {
      const [span = '', ownMonth] = part.split('/');
      month = ownMonth ?? month;
      const [from = 0, to = from] = span.split('-').map(Number);
      return Array.from({ length: to - from + 1 }, (_, index) => new Temporal.PlainDate(year, Number(month), from + index).toString());
    });
  return found.sort();
}

function rowsOf(year: number): CalendarDay[] {
  const first = new Temporal.PlainDate(year, 1, 1);
  return Array.from({ length: first.daysInYear }, (_, index) => calendar.explain(first.add({ days: index }))).filter(
    (day): day is CalendarDay => 'decision' in day,
  );
}
const offIn = (year: number) => rowsOf(year).filter((row) => row.kind !== 'MAKEUP_WORKDAY');
const madeUpIn = (year: number) => rowsOf(year).filter((row) => row.kind === 'MAKEUP_WORKDAY');
const dates = (rows: readonly CalendarDay[]) => rows.map((row) => row.date.toString());

describe('the calendar of officials', () => {
  it.each(PUBLISHED)('of %d is the published one', (year, off, madeUp) => {
    expect(dates(offIn(year))).toEqual(daysOf(year, off));
    expect(dates(madeUpIn(year))).toEqual(daysOf(year, madeUp));
  });

  it('of 2027 is the law applied to the lunar calendar, and every row says that it is assumed', () => {
    expect(dates(offIn(2027))).toEqual(daysOf(2027, EXPECTED_2027));
    expect(madeUpIn(2027)).toEqual([]);
    for (const row of rowsOf(2027)) expect(row.assumption).toMatch(/^quyết định về ngày nghỉ năm 2027 chưa có/);
  });

  it.each([2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027])('of %d takes off weekdays only and makes up on Saturdays', (year) => {
    for (const { date } of offIn(year)) expect(date.dayOfWeek).toBeLessThanOrEqual(5);
    for (const { date } of madeUpIn(year)) expect(date.dayOfWeek).toBe(6);
  });

  it.each([2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027])('of %d makes up for each holiday on a weekend, on a later weekday', (year) => {
    for (const { date, name } of rowsOf(year).filter((row) => row.kind === 'COMPENSATORY_OFF')) {
      const [, dd, mm, weekday] = /\((\d\d)\/(\d\d) là (thứ Bảy|Chủ nhật)\)$/.exec(name) ?? [];
      const holiday = new Temporal.PlainDate(year, Number(mm), Number(dd));
      expect(holiday.dayOfWeek).toBe(weekday === 'thứ Bảy' ? 6 : 7);
      expect(Temporal.PlainDate.compare(holiday, date)).toBe(-1);
    }
  });

  it.each([2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027])('of %d gives as many days as the law: ten, since 2021 eleven', (year) => {
    const given = rowsOf(year).filter((row) => row.kind === 'PUBLIC_HOLIDAY' || row.kind === 'COMPENSATORY_OFF');
    expect(given).toHaveLength(year < 2021 ? 10 : 11);
  });

  it.each([2024, 2025, 2026])('of %d makes up for as many days as it swaps', (year) => {
    expect(madeUpIn(year)).toHaveLength(rowsOf(year).filter((row) => row.kind === 'SWAPPED_OFF').length);
  });
});
