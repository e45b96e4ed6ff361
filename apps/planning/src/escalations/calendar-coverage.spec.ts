import { Temporal } from 'temporal-polyfill';
import { WorkingCalendar } from '#calendar';
import { calendarFindings } from './calendar-coverage.js';

/** Loaded are 2020, decided, and 2021 as far as it is told. */
function findingsOn(day: string, next: 'decided' | 'provisional' | 'missing', open: readonly number[] = []) {
  const calendar = WorkingCalendar.from([
    { year: 2020, days: [] },
    ...(next === 'missing' ? [] : [{ year: 2021, days: [], ...(next === 'provisional' ? { provisional: 'not decided yet' } : {}) }]),
  ]);
  return calendarFindings(Temporal.PlainDate.from(day), calendar, open);
}

describe('the days off of the next year', () => {
  it.each([
    ['2020-09-30', 'missing', []],
    ['2020-10-01', 'missing', [2021]],
    ['2020-10-01', 'provisional', [2021]],
    ['2020-10-01', 'decided', []],
    ['2020-12-31', 'missing', [2021]],
    // In the new year it is no longer the next one.
    ['2021-01-01', 'decided', []],
  ] as const)('are asked for on %s while they are %s: %j', (day, next, raise) => {
    expect(findingsOn(day, next).raise).toEqual(raise);
  });

  it.each([
    ['missing', []],
    ['provisional', []],
    ['decided', [2021]],
  ] as const)('are no case any more when they are decided, in any month: %s', (next, resolve) => {
    for (const day of ['2020-11-02', '2021-03-01']) expect(findingsOn(day, next, [2021]).resolve).toEqual(resolve);
  });
});
