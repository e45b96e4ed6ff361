import { budgetLineIdOf, fundedTwice, lineOriginOf, mustFit, sumOf, sumsBy } from './budget.js';

const task = (code: string, title = `Nhiệm vụ ${code}`) => ({ code, title });

describe('the same task funded twice (SEED-19, SEED-41)', () => {
  it('is told at a part of a task that is funded as a whole, wherever it stands, and at the second of two that are the same', () => {
    expect(fundedTwice([task('II.2.a'), task('II.2')])).toEqual([{ index: 0, other: 'II.2' }]);
    expect(fundedTwice([task('II'), task('II.2.a.1')])).toEqual([{ index: 1, other: 'II' }]);
    expect(fundedTwice([task('II.1'), task('II.3'), task('II.1')])).toEqual([{ index: 2, other: 'II.1' }]);
    expect(fundedTwice([task('II.1', 'Tổ chức  các sự kiện'), task('IV.1', 'TỔ CHỨC CÁC SỰ KIỆN')])).toEqual([{ index: 1, other: 'II.1' }]);
  });

  it('is not seen where numbers only look alike', () => {
    expect(fundedTwice([task('II.1'), task('II.10'), task('II.2.a'), task('II.2.b'), task('III'), task('I.1.II')])).toEqual([]);
    expect(fundedTwice([])).toEqual([]);
  });
});

describe('sums', () => {
  const line = (amount: number | null, spent: number, retired = false) => ({ amount, spent, retired });

  it('count what is not known instead of taking it for 0', () => {
    expect(sumOf([line(100, 30), line(null, 20), line(0, 0)])).toEqual({
      lines: 3,
      linesWithoutAmount: 1,
      amount: 100,
      spent: 50,
      remaining: 70,
    });
    expect(sumOf([line(null, 20)])).toMatchObject({ linesWithoutAmount: 1, amount: null, spent: 20, remaining: null });
    expect(sumOf([])).toEqual({ lines: 0, linesWithoutAmount: 0, amount: null, spent: 0, remaining: null });
  });

  it('keep what was spent of a line that gives nothing any more', () => {
    expect(sumOf([line(100, 30), line(500, 7, true)])).toMatchObject({ lines: 1, amount: 100, spent: 37, remaining: 70 });
  });

  it('stand by key in the order in which keys come', () => {
    const lines = [
      { ...line(1, 0), key: 'b' },
      { ...line(2, 0), key: 'a' },
      { ...line(3, 0), key: 'b' },
    ];
    expect(sumsBy(lines, (one) => one.key).map(({ key, sum }) => [key, sum.amount])).toEqual([
      ['b', 4],
      ['a', 2],
    ]);
  });
});

describe('a line', () => {
  it('may be spent to the last đồng, and without end where its amount is not known', () => {
    expect(() => {
      mustFit('II.1', 100n, 100n);
      mustFit('II.1', null, 10n ** 15n);
    }).not.toThrow();
    expect(() => {
      mustFit('II.1', 100n, 101n);
    }).toThrow(/Spending on II\.1 would come to 101 đồng of 100\./);
  });

  it('is known by its id to be of the plan file', () => {
    const line = { planId: 'p', taskId: 't', sourceId: 's', dossierId: null };
    expect(lineOriginOf({ ...line, id: budgetLineIdOf('p', 't', 's') })).toBe('plan-file');
    expect(lineOriginOf({ ...line, id: budgetLineIdOf('p', 't', 'other') })).toBe('by-hand');
    expect(lineOriginOf({ ...line, id: budgetLineIdOf('p', 't', 's'), dossierId: 'd' })).toBe('supplement');
  });
});
