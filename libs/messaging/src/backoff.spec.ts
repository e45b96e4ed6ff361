import fc from 'fast-check';
import { lanes } from '#contracts';
import { backoff } from './backoff.js';

const policy = fc
  .record({ first: fc.integer({ min: 1, max: 10_000 }), times: fc.integer({ min: 1, max: 500 }) })
  .map(({ first, times }) => ({ first, ceiling: first * times }));
const attempts = fc.integer({ min: 1, max: 60 });
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** Doubling one by one, so that it is not the formula under test. */
function fullPause({ first, ceiling }: { first: number; ceiling: number }, failed: number): number {
  let pause = first;
  for (let more = 1; more < failed && pause < ceiling; more++) pause += pause;
  return pause < ceiling ? pause : ceiling;
}

describe('the pause before the next attempt', () => {
  it('lies between half of the full pause and all of it', () => {
    fc.assert(
      fc.property(policy, attempts, chance, (of, failed, luck) => {
        const full = fullPause(of, failed);
        const pause = backoff(of, failed, luck);
        expect(pause).toBeGreaterThanOrEqual(full / 2);
        expect(pause).toBeLessThanOrEqual(full);
      }),
    );
  });

  it('uses that whole range: the least chance is half, the greatest is all of it', () => {
    fc.assert(
      fc.property(policy, attempts, (of, failed) => {
        const full = fullPause(of, failed);
        expect(backoff(of, failed, 0)).toBe(Math.round(full / 2));
        expect(backoff(of, failed, 1 - Number.EPSILON)).toBe(full);
      }),
    );
  });

  it('grows with the failures until the ceiling, and doubles on the way', () => {
    fc.assert(
      fc.property(policy, attempts, chance, (of, failed, luck) => {
        const [pause, next] = [backoff(of, failed, luck), backoff(of, failed + 1, luck)];
        expect(next).toBeGreaterThanOrEqual(pause);
        if (fullPause(of, failed + 1) < of.ceiling) expect(Math.abs(next - 2 * pause)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('never passes the ceiling, however often it failed', () => {
    fc.assert(
      fc.property(policy, fc.integer({ min: 1, max: 5_000 }), chance, (of, failed, luck) => {
        expect(backoff(of, failed, luck)).toBeLessThanOrEqual(of.ceiling);
      }),
    );
  });

  it('is a whole number, which is all that a timer takes', () => {
    fc.assert(fc.property(policy, attempts, chance, (of, failed, luck) => Number.isInteger(backoff(of, failed, luck))));
  });

  it('differs between messages that failed together', () => {
    const pauses = Array.from({ length: 200 }, () => backoff({ first: 10_000, ceiling: 10_000 }, 1));
    expect(new Set(pauses).size).toBeGreaterThan(100);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(5_000);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(10_000);
  });

  it.each(Object.entries(lanes))('of %s never exceeds its line in the table', (_, { backoff: of, attempts: most }) => {
    for (let failed = 1; failed <= most; failed++) expect(backoff(of, failed, 1 - Number.EPSILON)).toBeLessThanOrEqual(of.ceiling);
  });
});
