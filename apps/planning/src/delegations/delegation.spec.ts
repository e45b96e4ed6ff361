import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { DomainError } from '#contracts';
import { inForce, mayStandIn, MOST_HOPS, mustFit, mustLieAhead, type Absence } from './delegation.js';

const june = (date: number) => new Temporal.PlainDate(2020, 6, date);
const absence = (contactId: string, toContactId: string, from: number, to: number) => ({
  id: `${contactId}${toContactId}`,
  contactId,
  toContactId,
  fromOn: june(from),
  toOn: june(to),
});
/** Code of the refusal; `fits` when there is none. */
function verdictOn(work: () => void): string {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'fits';
}
const fit = (wanted: Absence, ...others: readonly ReturnType<typeof absence>[]) =>
  verdictOn(() => {
    mustFit(wanted, others);
  });

describe('a delegation among others', () => {
  it.each([
    ['alone', absence('a', 'b', 1, 5), [], 'fits'],
    ['on the day after another ends', absence('a', 'b', 6, 9), [absence('a', 'c', 1, 5)], 'fits'],
    ['on the last day of another', absence('a', 'b', 5, 9), [absence('a', 'c', 1, 5)], 'delegation-overlaps'],
    ['around another', absence('a', 'b', 1, 9), [absence('a', 'c', 4, 5)], 'delegation-overlaps'],
    ['back to whoever delegates to it', absence('b', 'a', 5, 9), [absence('a', 'b', 1, 5)], 'delegation-circle'],
    ['back when the other is there again', absence('b', 'a', 6, 9), [absence('a', 'b', 1, 5)], 'fits'],
    ['back over a third', absence('c', 'a', 3, 9), [absence('a', 'b', 1, 5), absence('b', 'c', 5, 8)], 'delegation-circle'],
    ['as the third hop', absence('c', 'd', 1, 9), [absence('a', 'b', 1, 5), absence('b', 'c', 1, 5)], 'fits'],
    [
      'as the fourth hop',
      absence('d', 'e', 1, 9),
      [absence('a', 'b', 1, 5), absence('b', 'c', 1, 5), absence('c', 'd', 1, 5)],
      'delegation-chain-too-long',
    ],
    [
      'before three hops',
      absence('z', 'a', 1, 9),
      [absence('a', 'b', 1, 5), absence('b', 'c', 1, 5), absence('c', 'd', 1, 5)],
      'delegation-chain-too-long',
    ],
    [
      'between two and one hops',
      absence('b', 'c', 1, 9),
      [absence('y', 'a', 4, 5), absence('a', 'b', 3, 5), absence('c', 'd', 5, 6)],
      'delegation-chain-too-long',
    ],
    [
      'between hops of different days',
      absence('b', 'c', 1, 9),
      [absence('y', 'a', 3, 4), absence('a', 'b', 3, 4), absence('c', 'd', 5, 6)],
      'fits',
    ],
  ] as const)('%s', (_, wanted, others, expected) => {
    expect(fit(wanted, ...others)).toBe(expected);
  });

  it('is judged as a walk on each of its days would judge it', () => {
    const people = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
    const drawn = fc
      .record({
        from: fc.constantFrom(...people),
        to: fc.constantFrom(...people),
        first: fc.integer({ min: 1, max: 12 }),
        days: fc.integer({ min: 0, max: 5 }),
      })
      .filter(({ from, to }) => from !== to)
      .map(({ from, to, first, days }) => absence(from, to, first, first + days));
    const walk = (set: readonly Absence[]): boolean =>
      Array.from({ length: 20 }, (_, index) => june(index + 1)).every((day) => {
        const absent = set.filter((one) => inForce(one, day));
        if (new Set(absent.map((one) => one.contactId)).size < absent.length) return false;
        return people.every((start) => {
          let [at, hops]: [string, number] = [start, 0];
          for (let next = absent.find((one) => one.contactId === at); next; next = absent.find((one) => one.contactId === at)) {
            at = next.toContactId;
            hops += 1;
            if (at === start || hops > MOST_HOPS) return false;
          }
          return true;
        });
      });
    fc.assert(
      fc.property(fc.array(drawn, { maxLength: 14 }), (wishes) => {
        const set: ReturnType<typeof absence>[] = [];
        for (const wish of wishes) {
          const fits = fit(wish, ...set) === 'fits';
          expect(fits).toBe(walk([...set, wish]));
          if (fits) set.push(wish);
        }
      }),
    );
  });
});

describe('a stand-in', () => {
  const contact = (id: string, agencyId = 'sct', active = true) => ({ id, agencyId, active });

  it.each([
    ['of the same agency', contact('a'), contact('b'), 'fits'],
    ['for oneself', contact('a'), contact('a'), 'delegate-to-oneself'],
    ['of another agency', contact('a'), contact('b', 'stc'), 'other-agency'],
    ['who left', contact('a'), contact('b', 'sct', false), 'contact-retired'],
    ['for somebody who left', contact('a', 'sct', false), contact('b'), 'contact-retired'],
  ] as const)('%s: %#', (_, from, to, expected) => {
    expect(
      verdictOn(() => {
        mayStandIn(from, to);
      }),
    ).toBe(expected);
  });
});

it.each([
  [10, 10, 'fits'],
  [10, 9, 'period-backwards'],
  [9, 12, 'period-past'],
])('days from the %dth to the %dth of June, on the 10th: %s', (from, to, expected) => {
  expect(
    verdictOn(() => {
      mustLieAhead(absence('a', 'b', from, to), june(10));
    }),
  ).toBe(expected);
});
