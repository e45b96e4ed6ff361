import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { validAt, type Successive } from './succession.js';

const day = (text: string) => Temporal.PlainDate.from(text);
const agencies = (...rows: readonly (readonly [id: string, validTo: string | null, successorId: string | null])[]) =>
  new Map(
    rows.map(([id, validTo, successorId]): [string, Successive] => [
      id,
      { id, validTo: validTo === null ? null : day(validTo), successorId },
    ]),
  );

describe('who owes on a day', () => {
  const line = agencies(['first', '2020-06-30', 'second'], ['second', '2020-12-31', 'third'], ['third', null, null]);

  it.each([
    ['2020-06-30', 'first'],
    ['2020-07-01', 'second'],
    ['2020-12-31', 'second'],
    ['2021-01-01', 'third'],
  ])('%s is %s: an agency owes to the end of its last day', (on, expected) => {
    expect(validAt('first', day(on), line)).toBe(expected);
  });

  it.each([
    ['an agency that ended without a successor', agencies(['first', '2020-06-30', null])],
    ['an agency that is not there', agencies()],
    ['a successor that is not there', agencies(['first', '2020-06-30', 'second'])],
    ['agencies that succeed each other in a circle', agencies(['first', '2020-06-30', 'second'], ['second', '2020-05-31', 'first'])],
  ])('is nobody for %s', (_, known) => {
    expect(validAt('first', day('2020-07-01'), known)).toBeUndefined();
  });

  it('is, whatever the succession, nobody who ended before, and the agency itself while it lasts', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const drawn = fc.tuple(
      ...ids.map((id) =>
        fc.record({
          id: fc.constant(id),
          validTo: fc.option(fc.integer({ min: 1, max: 28 }).map((date) => new Temporal.PlainDate(2020, 6, date))),
          successorId: fc.option(fc.constantFrom(...ids)),
        }),
      ),
    );
    fc.assert(
      fc.property(drawn, fc.integer({ min: 1, max: 28 }), (rows, date) => {
        const on = new Temporal.PlainDate(2020, 6, date);
        const known = new Map(rows.map((row) => [row.id, row]));
        const lasts = (id: string) => {
          const end = known.get(id)?.validTo;
          return !end || Temporal.PlainDate.compare(end, on) >= 0;
        };
        const found = validAt('a', on, known);
        if (lasts('a')) expect(found).toBe('a');
        if (found !== undefined) expect(lasts(found)).toBe(true);
      }),
    );
  });
});
