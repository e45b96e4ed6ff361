import { Temporal } from 'temporal-polyfill';
import { DomainError } from '#contracts';
import { answererOf, grantedBy, mustBeAsked } from './extension.js';

const day = (text: string) => Temporal.PlainDate.from(text);
/** Code of the refusal. */
function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
  }
  return 'nothing was refused';
}
const WISHED = day('2020-06-30');

describe('whoever answers a question for more time', () => {
  const plan = { issuerId: 'city', standingAgencyId: 'standing', cityOfficeId: 'office' };

  it('is the creditor', () => {
    expect(answererOf({ debtorId: 'sct', creditorId: 'standing' }, plan)).toBe('standing');
  });

  it('is the city office where the issuer of the plan is the creditor', () => {
    expect(answererOf({ debtorId: 'standing', creditorId: 'city' }, plan)).toBe('office');
  });

  it('is nobody who would have to answer themselves [SEED-40]', () => {
    expect(answererOf({ debtorId: 'office', creditorId: 'city' }, plan)).toBeNull();
  });
});

describe('a verdict', () => {
  it.each([
    ['grant', undefined, '2020-06-30'],
    ['shorten', '2020-06-29', '2020-06-29'],
    ['refuse', undefined, null],
  ] as const)('to %s gives the day', (verdict, date, expected) => {
    expect(grantedBy({ verdict, date }, WISHED)?.toString() ?? null).toBe(expected);
  });

  it.each([
    ['shorten', undefined, 'date-missing'],
    ['shorten', '2020-06-30', 'deadline-not-shorter'],
    ['shorten', '2020-07-01', 'deadline-not-shorter'],
    ['grant', '2020-06-29', 'date-unexpected'],
    ['refuse', '2020-06-29', 'date-unexpected'],
  ] as const)('to %s with the date %s is refused as %s', (verdict, date, code) => {
    expect(codeOf(() => grantedBy({ verdict, date }, WISHED))).toBe(code);
  });
});

it.each(['granted', 'shortened', 'refused', 'withdrawn'] as const)('a question that was %s waits for no answer', (state) => {
  const question = { id: 'e', obligationId: 'o', wishedFor: WISHED, answerObligationId: null, version: 2 };
  expect(
    codeOf(() => {
      mustBeAsked({ ...question, state });
    }),
  ).toBe('extension-answered');
  mustBeAsked({ ...question, state: 'asked' });
});
