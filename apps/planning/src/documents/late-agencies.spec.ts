import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { loadWorkingCalendar } from '#calendar';
import { lastQuarter, lateAgenciesOf, listedOn, type OwedInQuarter } from './late-agencies.js';

const calendar = loadWorkingCalendar(join(import.meta.dirname, '../../../../plans/calendar'));
const day = (text: string) => Temporal.PlainDate.from(text);
const at = (local: string) => Temporal.PlainDateTime.from(local).toZonedDateTime('Asia/Ho_Chi_Minh').toInstant();
const AS_OF = at('2020-07-01T07:20');
const QUARTER = lastQuarter(day('2020-07-01'));

/** Due on Wednesday 17 June. */
function owed(code: string, more: Partial<Record<keyof OwedInQuarter, unknown>> = {}): OwedInQuarter {
  const late = at('2020-06-18T00:00');
  return {
    agency: { code, name: `Cơ quan ${code}`, nameEn: `Agency ${code}` },
    open: true,
    firstFulfilledAt: null,
    firstOverdueAt: null,
    settledAt: null,
    originalOverdueAt: late,
    extendedOverdueAt: late,
    overdueAt: late,
    heldSince: null,
    ...more,
  } as OwedInQuarter;
}
const handedIn = (code: string, local: string, more: Partial<Record<keyof OwedInQuarter, unknown>> = {}) =>
  owed(code, { open: false, firstFulfilledAt: at(local), firstOverdueAt: at('2020-06-18T00:00'), settledAt: at(local), ...more });
const list = (...things: OwedInQuarter[]) => lateAgenciesOf(QUARTER, things, AS_OF, calendar);

describe('the quarter that ended last', () => {
  it.each([
    ['2020-01-02', '2019-Q4', '2019-10-01', '2019-12-31'],
    ['2020-03-31', '2019-Q4', '2019-10-01', '2019-12-31'],
    ['2020-05-31', '2020-Q1', '2020-01-01', '2020-03-31'],
    ['2020-07-01', '2020-Q2', '2020-04-01', '2020-06-30'],
    ['2020-12-31', '2020-Q3', '2020-07-01', '2020-09-30'],
  ])('on %s is %s', (today, key, from, to) => {
    const quarter = lastQuarter(day(today));
    expect([quarter.key, quarter.from.toString(), quarter.to.toString()]).toEqual([key, from, to]);
  });

  it('is listed on the first working day after it', () => {
    expect(listedOn(QUARTER, calendar).toString()).toBe('2020-07-01');
    // 1 January is a day off, 2 January 2021 a Saturday.
    expect(listedOn(lastQuarter(day('2021-01-01')), calendar).toString()).toBe('2021-01-04');
  });
});

describe('the list of late agencies', () => {
  it('names who handed in late or still owes, most late first, and counts everybody', () => {
    const { rows, agencies, totals, label } = list(
      handedIn('A', '2020-06-17T23:59'),
      handedIn('B', '2020-06-18T00:00'),
      owed('C'),
      handedIn('C', '2020-06-24T09:00'),
    );
    expect([agencies, label]).toEqual([{ owing: 3, late: 2 }, 'quý II/2020']);
    expect(rows).toEqual([
      {
        key: 'C',
        label: 'Cơ quan C',
        labelEn: 'Agency C',
        expected: 2,
        actual: 1,
        onTime: { raw: 0, withExtensions: 0, withForceMajeure: 0 },
        missing: 1,
        overdue: 1,
        late: 2,
        // Ten working days until 1 July, five until 24 June.
        workingDaysLate: { longest: 10, total: 15 },
      },
      expect.objectContaining({
        key: 'B',
        expected: 1,
        actual: 1,
        missing: 0,
        overdue: 0,
        late: 1,
        workingDaysLate: { longest: 1, total: 1 },
      }),
    ]);
    expect(totals).toMatchObject({
      expected: 4,
      actual: 3,
      onTime: { raw: 1 },
      missing: 1,
      late: 3,
      workingDaysLate: { longest: 10, total: 16 },
    });
  });

  it('takes nobody for late by a deadline that was moved: more time, force majeure, a ladder that stands still', () => {
    const later = at('2020-07-11T00:00');
    const { rows, totals } = list(
      owed('A', { extendedOverdueAt: later, overdueAt: later }),
      handedIn('B', '2020-06-20T09:00', { firstOverdueAt: later }),
      owed('C', { heldSince: at('2020-06-16T00:00') }),
    );
    expect(rows).toEqual([]);
    expect(totals).toMatchObject({
      expected: 3,
      missing: 2,
      overdue: 0,
      late: 0,
      onTime: { raw: 0, withExtensions: 0, withForceMajeure: 1 },
    });
  });

  it('counts the days of what stands still until it began to', () => {
    expect(list(owed('A', { heldSince: at('2020-06-22T00:00') })).rows).toMatchObject([{ late: 1, workingDaysLate: { longest: 3 } }]);
  });

  it('keeps a returned report as handed in in time, and overdue once its correction is', () => {
    const { rows } = list(handedIn('A', '2020-06-16T09:00', { open: true, overdueAt: at('2020-06-25T00:00') }));
    expect(rows).toMatchObject([{ key: 'A', onTime: { raw: 1 }, late: 0, overdue: 1, missing: 0, workingDaysLate: { longest: 0 } }]);
  });

  it('of a quarter in which everybody was in time names nobody', () => {
    expect(list(handedIn('A', '2020-06-16T09:00'))).toMatchObject({
      rows: [],
      agencies: { owing: 1, late: 0 },
      totals: { expected: 1, late: 0 },
    });
  });
});
