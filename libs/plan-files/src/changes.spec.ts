import fc from 'fast-check';
import { compareRows, differing } from './changes.js';

describe('fields that differ', () => {
  it.each([
    ['nothing', { a: 1, b: 'x' }, { a: 1, b: 'x' }, []],
    ['a value', { a: 1, b: 'x' }, { a: 1, b: 'y' }, ['b']],
    ['a moment', { on: new Date(0) }, { on: new Date(1) }, ['on']],
    ['no moment', { on: new Date(0) }, { on: new Date(0) }, []],
    ['the order of keys, which says nothing', { rule: { word: 'BEFORE', day: 17 } }, { rule: { day: 17, word: 'BEFORE' } }, []],
    ['the order of a list, which does', { list: [1, 2] }, { list: [2, 1] }, ['list']],
    ['nothing there and null, which is the same', {}, { note: null }, []],
    ['zero and nothing, which is not', { count: null }, { count: 0 }, ['count']],
    ['text and number', { count: '1' }, { count: 1 }, ['count']],
    ['a column that the file knows nothing of', { a: 1, version: 7 }, { a: 1 }, []],
    ['something deep inside', { a: { b: [{ c: 1 }] } }, { a: { b: [{ c: 2 }] } }, ['a']],
  ])('are found: %s', (_, stored, wanted, fields) => {
    expect(differing(stored, wanted)).toEqual(fields);
  });
});

describe('rows that are compared', () => {
  const rows = fc
    .dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.record({ value: fc.integer({ min: 0, max: 2 }) }))
    .map((record) => new Map(Object.entries(record)));

  it('once written are the wanted ones, and nothing is written for nothing', () => {
    fc.assert(
      fc.property(rows, rows, (stored, wanted) => {
        const { added, changed, retired, changes } = compareRows('thing', stored, wanted);
        const keyOf = new Map([...wanted].map(([key, row]) => [row, key]));
        const written = new Map<string, unknown>(stored);
        for (const key of retired) written.delete(key);
        for (const row of [...added, ...changed.map((one) => one.row)]) written.set(keyOf.get(row) ?? '', row);
        expect(Object.fromEntries(written)).toEqual(Object.fromEntries(wanted));
        expect(changes).toHaveLength(added.length + changed.length + retired.length);
        expect(compareRows('thing', wanted, wanted).changes).toEqual([]);
      }),
    );
  });
});
