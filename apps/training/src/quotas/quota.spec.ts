import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { loadWorkingCalendar } from '#calendar';
import { classStates, type QuotaState } from '#contracts';
import { defaultDeadline, mayClose, movedDeadline, mustTakeNominations, stateAfter } from './quota.js';

const calendar = loadWorkingCalendar(join(import.meta.dirname, '../../../../plans/calendar'));
const day = (text: string) => Temporal.PlainDate.from(text);
const firstDay = day('2020-07-07');

describe('the deadline of a quota', () => {
  it('is seven working days before the first session', () => {
    expect(defaultDeadline(firstDay, calendar)).toEqual(day('2020-06-26'));
  });

  it.each([
    ['a week later, as many working days before', '2020-07-14', '2020-06-01', '2020-07-03'],
    ['over the national day, which is off', '2020-09-07', '2020-06-01', '2020-08-26'],
    ['earlier, but never to a day that is over', '2020-06-10', '2020-06-03', '2020-06-03'],
  ])('moves with the class: %s', (_, to, today, deadline) => {
    expect(movedDeadline({ deadline: day('2020-06-26'), countedFrom: firstDay }, day(to), day(today), calendar)).toEqual(day(deadline));
  });

  it('stays a day before the class even when it was none', () => {
    const odd = { deadline: firstDay, countedFrom: firstDay };
    expect(movedDeadline(odd, day('2020-07-14'), day('2020-06-01'), calendar)).toEqual(day('2020-07-13'));
  });
});

describe('what is owed of a quota', () => {
  const quota = (state: QuotaState, reason: string | null = null) => ({ state, seats: 3, reason });
  it.each([
    ['open', quota('open'), 2, 'nomination-open'],
    ['fulfilled', quota('open'), 3, 'nomination-open'],
    ['fulfilled', quota('open', 'Không đủ người'), 0, 'nomination-open'],
    ['open', quota('fulfilled'), 2, 'nomination-open'],
    ['fulfilled', quota('fulfilled'), 2, 'nomination-closed'],
    ['fulfilled', quota('open'), 3, 'nomination-closed'],
    ['closed', quota('closed'), 3, 'nomination-open'],
    ['cancelled', quota('cancelled'), 3, 'nomination-open'],
  ] as const)('is %s', (state, before, nominated, of) => {
    expect(stateAfter(before, nominated, of)).toBe(state);
  });
});

describe('nominations', () => {
  const quota = (state: QuotaState, deadline: string) => ({ state, deadline: day(deadline) });
  it.each([
    [false, [quota('open', '2020-06-30'), quota('fulfilled', '2020-06-26')], '2020-06-30'],
    [true, [quota('open', '2020-06-30'), quota('fulfilled', '2020-06-26')], '2020-07-01'],
    [false, [quota('fulfilled', '2020-07-03')], '2020-06-25'],
    [true, [quota('fulfilled', '2020-07-03')], '2020-06-26'],
    [false, [], '2020-06-25'],
    [true, [], '2020-06-26'],
  ])('may close: %s', (closes, quotas, today) => {
    expect(mayClose(quotas, firstDay, day(today), calendar)).toBe(closes);
  });

  it('change in two states of a class, and in no other', () => {
    const taking = classStates.filter((state) => {
      try {
        mustTakeNominations({ code: 'LOP-01', state });
        return true;
      } catch (error) {
        expect(error).toMatchObject({ code: 'nominations-not-open' });
        return false;
      }
    });
    expect(taking).toEqual(['nomination-open', 'nomination-closed']);
  });
});
