import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { punctuality, type Moments } from './punctuality.js';

const day = (date: number) => Temporal.Instant.fromEpochMilliseconds(Date.UTC(2020, 5, date));
const moments = (changes: Partial<Moments> = {}): Moments => ({
  firstFulfilledAt: null,
  firstOverdueAt: null,
  settledAt: null,
  originalOverdueAt: day(10),
  extendedOverdueAt: day(15),
  overdueAt: day(20),
  heldSince: null,
  ...changes,
});
const figures = (changes: Partial<Moments>, now = day(30)) => Object.values(punctuality(moments(changes), now)).join(' ');

describe('the three on-time figures', () => {
  it.each([
    [9, 'on-time on-time on-time'],
    [10, 'late on-time on-time'],
    [14, 'late on-time on-time'],
    [15, 'late late on-time'],
    [20, 'late late late'],
  ])('of what was fulfilled on the %dth are %s', (date, expected) => {
    expect(figures({ firstFulfilledAt: day(date), firstOverdueAt: day(20), settledAt: day(date) })).toBe(expected);
  });

  it.each([
    [9, 'not-yet not-yet not-yet'],
    [10, 'late not-yet not-yet'],
    [15, 'late late not-yet'],
    [20, 'late late late'],
  ])('of what is still owed on the %dth are %s', (date, expected) => {
    expect(figures({}, day(date))).toBe(expected);
  });

  it('of what stands still since before its deadline stay open with force majeure alone [SEED-42]', () => {
    expect(figures({ heldSince: day(18) })).toBe('late late not-yet');
    expect(figures({ heldSince: day(20) })).toBe('late late late');
  });

  it('of what was waived before its deadline stay open for good, and after it late', () => {
    expect(figures({ settledAt: day(9) })).toBe('not-yet not-yet not-yet');
    expect(figures({ settledAt: day(12) })).toBe('late not-yet not-yet');
  });

  it('of what was late and sent back are late, though the correction has a later deadline and came in time', () => {
    expect(figures({ firstFulfilledAt: day(21), firstOverdueAt: day(20), overdueAt: day(28), settledAt: day(25) })).toBe('late late late');
  });

  it('of what was in time and sent back stay so while it is owed again', () => {
    expect(figures({ firstFulfilledAt: day(9), firstOverdueAt: day(20), overdueAt: day(28) })).toBe('on-time on-time on-time');
  });

  it('never get worse when more is counted', () => {
    const instants = fc.integer({ min: 1, max: 28 }).map(day);
    const ordered = fc.array(fc.integer({ min: 1, max: 28 }), { minLength: 3, maxLength: 3 }).map((dates) => dates.sort((a, b) => a - b));
    fc.assert(
      fc.property(ordered, fc.option(instants), instants, (dates, firstFulfilledAt, now) => {
        const [originalOverdueAt, extendedOverdueAt, overdueAt] = dates.map(day) as [Temporal.Instant, Temporal.Instant, Temporal.Instant];
        const firstOverdueAt = firstFulfilledAt && overdueAt;
        const { raw, withExtensions, withForceMajeure } = punctuality(
          {
            firstFulfilledAt,
            firstOverdueAt,
            settledAt: firstFulfilledAt,
            originalOverdueAt,
            extendedOverdueAt,
            overdueAt,
            heldSince: null,
          },
          now,
        );
        const rank = { late: 0, 'not-yet': 1, 'on-time': 1 };
        expect(rank[raw] <= rank[withExtensions] && rank[withExtensions] <= rank[withForceMajeure]).toBe(true);
      }),
    );
  });
});
