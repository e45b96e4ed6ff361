import { join } from 'node:path';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { atLocalTime, loadWorkingCalendar, localDate, startOfDay } from '#calendar';
import { deadlineAfter, judgedAt, stepAfter, workingDaysHeld } from './standstill.js';

const calendar = loadWorkingCalendar(join(import.meta.dirname, '../../../../plans/calendar'));
const day = (text: string) => Temporal.PlainDate.from(text);
const midnight = (text: string) => startOfDay(day(text));
const owed = (dueOn: string, heldSince: string, more: { officeHourCutoff?: string; overdueAt?: string } = {}) => ({
  dueOn: day(dueOn),
  overdueAt: more.overdueAt ? Temporal.Instant.from(more.overdueAt) : startOfDay(day(dueOn).add({ days: 1 })),
  heldSince: midnight(heldSince),
  rollPolicy: 'FORWARD' as const,
  officeHourCutoff: more.officeHourCutoff ?? null,
});

describe('a ladder that stands still [SEED-42]', () => {
  it.each([
    ['2020-08-03', '2020-08-03', 0, 'not a day when it goes on the same day'],
    ['2020-08-03', '2020-08-05', 2, 'from its first day to the day before it goes on'],
    ['2020-08-01', '2020-08-03', 0, 'over a weekend'],
    ['2020-08-31', '2020-09-03', 2, 'less the National Day'],
  ])('from %s until it goes on on %s stood still for %i working days: %s', (since, resumedOn, days) => {
    expect(workingDaysHeld(midnight(since), day(resumedOn), calendar)).toBe(days);
  });

  it('moves a deadline that was not over by as many working days, and one that was over not at all', () => {
    expect(deadlineAfter(owed('2020-08-05', '2020-08-03'), day('2020-08-10'), calendar)?.dueOn.toString()).toBe('2020-08-12');
    expect(deadlineAfter(owed('2020-08-03', '2020-08-03'), day('2020-08-04'), calendar)?.dueOn.toString()).toBe('2020-08-04');
    expect(deadlineAfter(owed('2020-07-31', '2020-08-01'), day('2020-08-10'), calendar)).toBeNull();
    expect(deadlineAfter(owed('2020-08-05', '2020-08-03'), day('2020-08-03'), calendar)).toBeNull();
  });

  it('is due again on the day that it goes on at the earliest, and by the same time of day', () => {
    const sunday = { ...owed('2020-08-02', '2020-08-01'), rollPolicy: 'NONE' as const };
    expect(deadlineAfter(sunday, day('2020-08-03'), calendar)?.dueOn.toString()).toBe('2020-08-03');
    const noon = owed('2020-08-05', '2020-08-03', { officeHourCutoff: '12:00', overdueAt: '2020-08-05T12:00+07:00' });
    expect(deadlineAfter(noon, day('2020-08-04'), calendar)?.overdueAt).toEqual(Temporal.Instant.from('2020-08-06T12:00+07:00'));
  });

  it('makes nothing late meanwhile, and forgives nothing that was late before', () => {
    const now = midnight('2020-08-20');
    expect(judgedAt(now, midnight('2020-08-03'))).toEqual(midnight('2020-08-03'));
    expect(judgedAt(now, null)).toEqual(now);
    expect(judgedAt(now, midnight('2020-09-01'))).toEqual(now);
  });

  it('moves forward only, and keeps the order of its steps, their time of day and their distance from the deadline', () => {
    const days = fc.integer({ min: 0, max: 120 }).map((offset) => day('2020-06-01').add({ days: offset }));
    fc.assert(
      fc.property(days, fc.nat(40), fc.nat(30), days, (since, length, offset, due) => {
        const dueOn = calendar.rollForward(due);
        const heldSince = startOfDay(since);
        const resumedOn = since.add({ days: length });
        const held = workingDaysHeld(heldSince, resumedOn, calendar);
        const first = atLocalTime(calendar.addWorkingDays(dueOn, 1), '08:00');
        const second = atLocalTime(calendar.addWorkingDays(dueOn, 1 + offset), '08:00');
        const [movedFirst, movedSecond] = [stepAfter(first, held, calendar), stepAfter(second, held, calendar)];
        expect(Temporal.Instant.compare(movedFirst, first)).toBeGreaterThanOrEqual(0);
        expect(Temporal.Instant.compare(movedFirst, movedSecond)).toBeLessThanOrEqual(0);
        expect(movedFirst.since(startOfDay(localDate(movedFirst))).total('hours')).toBe(8);
        const moved = deadlineAfter({ ...owed(dueOn.toString(), since.toString()) }, resumedOn, calendar);
        if (!moved) return;
        expect(Temporal.PlainDate.compare(moved.dueOn, dueOn)).toBe(1);
        expect(Temporal.PlainDate.compare(moved.dueOn, calendar.rollForward(resumedOn))).toBeGreaterThanOrEqual(0);
        expect(calendar.workingDaysBetween(moved.dueOn, localDate(movedFirst))).toBe(1);
      }),
    );
  });
});
