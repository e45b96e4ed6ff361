import { join } from 'node:path';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { loadWorkingCalendar } from './calendar-files.js';
import { CalendarYearMissingError } from './day-table.js';
import { atLocalTime, dateToPlain } from './days.js';
import { WorkingCalendar, type CalendarDay } from './working-calendar.js';

const calendar = loadWorkingCalendar(join(import.meta.dirname, '../../../plans/calendar'));
const day = (text: string) => Temporal.PlainDate.from(text);
const at = (text: string) => Temporal.Instant.from(`${text}+07:00`);

describe('working days', () => {
  it.each(['2024-05-04', '2025-04-26', '2026-01-10', '2026-08-22'])('%s, a Saturday, is made up', (saturday) => {
    expect(calendar.kindOf(day(saturday))).toBe('MAKEUP_WORKDAY');
    expect(calendar.isWorkingDay(day(saturday))).toBe(true);
    expect(day(saturday).dayOfWeek).toBe(6);
  });

  it('are counted through the chain of Giỗ Tổ, 30/4 and 1/5 of 2023', () => {
    expect(calendar.addWorkingDays(day('2023-04-28'), 1)).toEqual(day('2023-05-04'));
    expect(calendar.addWorkingDays(day('2023-05-04'), -1)).toEqual(day('2023-04-28'));
    expect(calendar.rollForward(day('2023-04-29'))).toEqual(day('2023-05-04'));
    expect(calendar.rollBack(day('2023-05-03'))).toEqual(day('2023-04-28'));
    expect(calendar.workingDaysBetween(day('2023-04-28'), day('2023-05-04'))).toBe(1);
  });

  it('are counted around the report day of June 2020', () => {
    const due = day('2020-06-17');
    expect([-5, -1, 0, 1, 2, 3, 5, 6].map((count) => calendar.addWorkingDays(due, count).toString())).toEqual([
      '2020-06-10',
      '2020-06-16',
      '2020-06-17',
      '2020-06-18',
      '2020-06-19',
      '2020-06-22',
      '2020-06-24',
      '2020-06-25',
    ]);
  });

  it('leave out the day itself; none from a day off is the next working day', () => {
    expect(calendar.addWorkingDays(day('2020-06-20'), 0)).toEqual(day('2020-06-22'));
    expect(calendar.addWorkingDays(day('2020-06-20'), 1)).toEqual(day('2020-06-22'));
    expect(calendar.addWorkingDays(day('2020-06-20'), -1)).toEqual(day('2020-06-19'));
    expect(() => calendar.addWorkingDays(day('2020-06-20'), 0.5)).toThrow(RangeError);
  });

  it('are explained with the decision behind them', () => {
    expect(calendar.explain(day('2026-01-02'))).toMatchObject({
      kind: 'SWAPPED_OFF',
      name: 'Hoán đổi sang thứ Bảy 10/01',
      decision: 'Công văn 12729/VPCP-KGVX ngày 25/12/2025',
    });
    expect(calendar.explain(day('2020-06-20'))).toEqual({ date: day('2020-06-20'), kind: 'WEEKEND' });
    expect(calendar.explain(day('2020-06-17'))).toEqual({ date: day('2020-06-17'), kind: 'WORKDAY' });
  });
});

describe('a year without a table', () => {
  const only2020 = WorkingCalendar.from([{ year: 2020, days: [] }]);

  it.each([
    ['asking for its days', () => only2020.isWorkingDay(day('2021-01-01')), 2021],
    ['explaining them', () => only2020.explain(day('2031-01-01')), 2031],
    ['counting into it', () => only2020.addWorkingDays(day('2020-12-30'), 5), 2021],
    ['counting back into it', () => only2020.addWorkingDays(day('2020-01-02'), -5), 2019],
    ['rolling into it', () => WorkingCalendar.from([dayOff('2020-12-31')]).rollForward(day('2020-12-31')), 2021],
    ['counting between days of it', () => only2020.workingDaysBetween(day('2020-06-01'), day('2021-01-01')), 2021],
    ['waiting for its office hours', () => only2020.nextOfficeHour(at('2020-12-31T18:00')), 2021],
  ])('is an error that names it and the remedy, when %s', (_, ask, year) => {
    expect(ask).toThrow(CalendarYearMissingError);
    expect(ask).toThrow(`no year ${String(year)}: add plans/calendar/${String(year)}.yaml`);
  });

  it('is missed at once when it leaves a gap', () => {
    const years = [2020, 2022].map((year) => ({ year, days: [] }));
    expect(() => WorkingCalendar.from(years)).toThrow(/no year 2021/);
    expect(() => WorkingCalendar.from([])).toThrow(/at least one year/);
  });

  it('is told apart from other errors by its code', () => {
    expect(new CalendarYearMissingError(2031)).toMatchObject({ code: 'calendar-year-missing', year: 2031 });
  });

  it('is not there', () => {
    expect([2019, 2020, 2021].map((year) => only2020.hasYear(year))).toEqual([false, true, false]);
  });

  it('is decided, assumed until it is, or missing; only decided years in a row reach ahead', () => {
    const years = (...assumed: number[]) =>
      WorkingCalendar.from(
        [2020, 2021, 2022, 2023].map((year) => ({
          year,
          days: [],
          ...(assumed.includes(year) ? { provisional: 'chưa có quyết định' } : {}),
        })),
      );
    expect([2019, 2020, 2021, 2024].map((year) => years(2021).stateOf(year))).toEqual(['missing', 'decided', 'provisional', 'missing']);
    expect([years(), years(2023), years(2022), years(2021)].map((calendar) => calendar.decidedAfter(2020))).toEqual([3, 2, 1, 0]);
    expect(years().decidedAfter(2023)).toBe(0);
  });
});

function dayOff(date: string): { year: number; days: CalendarDay[] } {
  const row: CalendarDay = { date: day(date), kind: 'PUBLIC_HOLIDAY', name: 'nghỉ', decision: 'thử', source: 'thử' };
  return { year: row.date.year, days: [row] };
}

describe('office hours', () => {
  it.each([
    ['a Saturday morning', '2020-06-20T09:00', '2020-06-22T07:30'],
    ['a made up Saturday', '2026-08-22T09:00', '2026-08-22T09:00'],
    ['the evening before a chain of holidays', '2023-04-28T17:00', '2023-05-04T07:30'],
    ['the early morning of a working day', '2020-06-17T05:00', '2020-06-17T07:30'],
    ['the early morning of a holiday', '2020-09-02T05:00', '2020-09-03T07:30'],
    ['the first minute', '2020-06-17T07:30', '2020-06-17T07:30'],
    ['the last moment', '2020-06-17T16:59:59.999', '2020-06-17T16:59:59.999'],
  ])('after %s', (_, from, to) => {
    expect(calendar.nextOfficeHour(at(from))).toEqual(at(to));
  });

  it('are refused when they are empty', () => {
    expect(() => WorkingCalendar.from([{ year: 2020, days: [] }], { start: '17:00', end: '07:30' })).toThrow(/are empty/);
  });
});

describe('for any day', () => {
  const days = fc.date({ min: new Date('2020-06-01'), max: new Date('2027-06-01'), noInvalidDate: true }).map(dateToPlain);
  const workingDays = days.map((date) => calendar.rollForward(date));
  const counts = fc.integer({ min: -50, max: 50 });
  const compare = Temporal.PlainDate.compare;

  /** Counts day by day, as a person would. */
  function walked(from: Temporal.PlainDate, count: number): Temporal.PlainDate {
    let date = from;
    for (let left = Math.abs(count); left > 0;) {
      date = date.add({ days: Math.sign(count) });
      if (calendar.isWorkingDay(date)) left -= 1;
    }
    return date;
  }

  it('counting is the same as walking', () => {
    fc.assert(
      fc.property(days, counts, (date, count) => {
        fc.pre(count !== 0);
        const there = calendar.addWorkingDays(date, count);
        expect(there).toEqual(walked(date, count));
        if (count > 0) expect(calendar.workingDaysBetween(date, there)).toBe(count);
      }),
    );
  });

  it('counting there and back ends where it began, in one go or in two', () => {
    fc.assert(
      fc.property(workingDays, counts, counts, (date, one, two) => {
        const there = calendar.addWorkingDays(date, one);
        expect(calendar.addWorkingDays(there, -one)).toEqual(date);
        expect(calendar.addWorkingDays(there, two)).toEqual(calendar.addWorkingDays(date, one + two));
        expect(calendar.workingDaysBetween(date, there)).toBe(one);
      }),
    );
  });

  it('rolling ends on a working day, at once or never, and keeps order', () => {
    fc.assert(
      fc.property(days, days, (one, another) => {
        const [first, second] = [one, another].sort(compare) as [Temporal.PlainDate, Temporal.PlainDate];
        for (const roll of [calendar.rollForward.bind(calendar), calendar.rollBack.bind(calendar)]) {
          expect(calendar.isWorkingDay(roll(first))).toBe(true);
          expect(roll(roll(first))).toEqual(roll(first));
          expect(compare(roll(first), roll(second))).toBeLessThanOrEqual(0);
        }
        expect(compare(calendar.rollBack(first), first)).toBeLessThanOrEqual(0);
        expect(compare(first, calendar.rollForward(first))).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('the next office hour is one, is the first, and is its own next', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 1439 }), fc.double({ min: 0, max: 1, noNaN: true }), (date, minute, part) => {
        const from = atLocalTime(date, '00:00').add({ minutes: minute });
        const next = calendar.nextOfficeHour(from);
        expect(calendar.isOfficeHour(next)).toBe(true);
        expect(calendar.nextOfficeHour(next)).toEqual(next);
        const wait = next.epochMilliseconds - from.epochMilliseconds;
        expect(wait).toBeGreaterThanOrEqual(0);
        const between = from.add({ milliseconds: Math.floor(wait * part) });
        if (!between.equals(next)) expect(calendar.isOfficeHour(between)).toBe(false);
      }),
    );
  });
});
