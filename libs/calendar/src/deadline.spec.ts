import { join } from 'node:path';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { loadWorkingCalendar } from './calendar-files.js';
import { dateToPlain, startOfDay } from './days.js';
import { deadlineWords, resolveDeadline, rollPolicies } from './deadline.js';

const calendar = loadWorkingCalendar(join(import.meta.dirname, '../../../plans/calendar'));
const day = (text: string) => Temporal.PlainDate.from(text);
const at = (text: string) => Temporal.Instant.from(`${text}+07:00`);

describe('a deadline', () => {
  it.each([
    ['no later than a Wednesday', 'NO_LATER_THAN', '2020-06-17', 'FORWARD', '2020-06-17', '2020-06-18T00:00'],
    ['no later than a Saturday', 'NO_LATER_THAN', '2020-10-17', 'FORWARD', '2020-10-19', '2020-10-20T00:00'],
    ['no later than a Saturday, not rolled', 'NO_LATER_THAN', '2020-10-17', 'NONE', '2020-10-17', '2020-10-18T00:00'],
    ['no later than a made up Saturday', 'NO_LATER_THAN', '2026-08-22', 'FORWARD', '2026-08-22', '2026-08-23T00:00'],
    ['no later than Giỗ Tổ in the chain of 2023', 'NO_LATER_THAN', '2023-04-29', 'FORWARD', '2023-05-04', '2023-05-05T00:00'],
    ['before a Monday in words', 'BEFORE', '2023-05-15', 'NONE', '2023-05-14', '2023-05-15T00:00'],
    ['before a Monday: its last day is a Sunday, which rolls', 'BEFORE', '2023-05-15', 'FORWARD', '2023-05-15', '2023-05-16T00:00'],
    ['before a Friday', 'BEFORE', '2020-09-18', 'FORWARD', '2020-09-17', '2020-09-18T00:00'],
  ] as const)('%s', (_, word, date, roll, dueOn, overdueAt) => {
    expect(resolveDeadline({ word, date: day(date), roll }, calendar)).toEqual({ dueOn: day(dueOn), overdueAt: at(overdueAt) });
  });

  it('with a cut-off is over in the afternoon of its day', () => {
    const deadline = { word: 'NO_LATER_THAN', date: day('2020-10-17'), roll: 'FORWARD', officeHourCutoff: '17:00' } as const;
    expect(resolveDeadline(deadline, calendar)).toEqual({ dueOn: day('2020-10-19'), overdueAt: at('2020-10-19T17:00') });
  });

  it('in a year without a table is an error', () => {
    expect(() => resolveDeadline({ word: 'NO_LATER_THAN', date: day('2031-01-17'), roll: 'FORWARD' }, calendar)).toThrow(/no year 2031/);
  });
});

describe('for any date', () => {
  const dates = fc.date({ min: new Date('2020-02-01'), max: new Date('2027-11-01'), noInvalidDate: true }).map(dateToPlain);
  const words = fc.constantFrom(...deadlineWords);
  const rolls = fc.constantFrom(...rollPolicies);
  const { compare } = Temporal.PlainDate;

  it('a later date is never due earlier', () => {
    fc.assert(
      fc.property(dates, dates, words, rolls, (one, another, word, roll) => {
        const [first, second] = [one, another].sort(compare).map((date) => resolveDeadline({ word, date, roll }, calendar));
        expect(compare(first!.dueOn, second!.dueOn)).toBeLessThanOrEqual(0);
        expect(Temporal.Instant.compare(first!.overdueAt, second!.overdueAt)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('rolled deadlines end on working days, the due day counts whole, and before is never later than no later than', () => {
    fc.assert(
      fc.property(dates, rolls, (date, roll) => {
        const due = resolveDeadline({ word: 'NO_LATER_THAN', date, roll }, calendar);
        const before = resolveDeadline({ word: 'BEFORE', date, roll }, calendar);
        if (roll === 'FORWARD') expect(calendar.isWorkingDay(due.dueOn)).toBe(true);
        expect(due.overdueAt).toEqual(startOfDay(due.dueOn.add({ days: 1 })));
        expect(compare(before.dueOn, due.dueOn)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
