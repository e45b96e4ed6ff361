import fc from 'fast-check';
import { named, percent, rated, type Counts } from './reporting-rate.js';

const counts: Counts = {
  expected: 3,
  actual: 2,
  onTime: { raw: 0, withExtensions: 1, withForceMajeure: 2 },
  returned: 1,
  overdue: 1,
  waived: 4,
  excluded: 5,
};

describe('a reporting rate', () => {
  it('is what was handed in, or handed in on time, of what was expected', () => {
    expect(rated(counts)).toEqual({
      ...counts,
      missing: 1,
      rates: { reporting: 66.7, onTime: { raw: 0, withExtensions: 33.3, withForceMajeure: 66.7 } },
    });
  });

  it('is unknown where nothing was expected', () => {
    const nothing = { ...counts, expected: 0, actual: 0, onTime: { raw: 0, withExtensions: 0, withForceMajeure: 0 } };
    expect(rated(nothing).rates).toEqual({ reporting: null, onTime: { raw: null, withExtensions: null, withForceMajeure: null } });
  });

  it.each([
    [1, 3, 33.3],
    [1, 8, 12.5],
    [1, 16, 6.3],
    [1, 2000, 0.1],
    [1, 2001, 0],
    [41, 2000, 2.1],
    [7, 7, 100],
  ])('of %i in %i is %d per cent, halves upward', (part, whole, expected) => {
    expect(percent(part, whole)).toBe(expected);
  });

  it('lies between none and all, a tenth at most from the truth, and grows with the part', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.nat(), (whole, seed) => {
        const part = seed % whole;
        const rate = percent(part, whole)!;
        expect(Math.abs(rate - (100 * part) / whole)).toBeLessThanOrEqual(0.05 + 1e-9);
        expect(percent(part + 1, whole)!).toBeGreaterThanOrEqual(rate);
      }),
    );
  });

  it('names levels itself, and the rest as the database does', () => {
    expect(['0', '2', 'outside'].map((key) => named('level', { key, label: null, labelEn: null }).label)).toEqual([
      'Cơ quan ban hành',
      'Cấp 2',
      'Ngoài tuyến báo cáo',
    ]);
    expect(named('agency', { key: 'SCT', label: 'Sở Công Thương', labelEn: 'Department of Industry and Trade' })).toEqual({
      label: 'Sở Công Thương',
      labelEn: 'Department of Industry and Trade',
    });
  });
});
