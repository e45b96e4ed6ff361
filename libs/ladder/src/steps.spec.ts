import { join } from 'node:path';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { atLocalTime, formatDateTime, loadWorkingCalendar, localDate, resolveDeadline, type RollPolicy } from '#calendar';
import { loadLadders } from './ladder-files.js';
import { ladderLevels, ladderSchema, type Ladder } from './ladder.js';
import { nextStep, overtaken, steps, type PlannedStep } from './steps.js';

const PLANS = join(import.meta.dirname, '../../../plans');
const calendar = loadWorkingCalendar(join(PLANS, 'calendar'));
const byDefault = loadLadders(join(PLANS, 'ladders')).get('default')!;
const at = (text: string) => Temporal.Instant.from(`${text}+07:00`);

function planned(
  date: string,
  openedAt: string,
  { roll = 'FORWARD', ladder = byDefault }: { roll?: RollPolicy; ladder?: Ladder } = {},
): PlannedStep[] {
  const deadline = resolveDeadline({ word: 'NO_LATER_THAN', date: Temporal.PlainDate.from(date), roll }, calendar);
  return steps(ladder, deadline, at(openedAt), calendar);
}
const told = (all: readonly PlannedStep[]) => all.map((step) => `${step.rung.code} ${formatDateTime(step.dueAt)}`);
const codes = (all: readonly PlannedStep[]) => all.map((step) => step.rung.code);
const pending = (all: readonly PlannedStep[]) => codes(all.filter((step) => step.skipped === undefined));

describe('the steps of a report', () => {
  it('due on 17/06/2020 follow the default ladder over two weekends', () => {
    expect(told(planned('2020-06-17', '2020-05-15T00:00'))).toEqual([
      'REMIND_1 08:00 10/06/2020',
      'REMIND_2 08:00 16/06/2020',
      'DUE 08:00 17/06/2020',
      'CHASE_1 08:00 18/06/2020',
      'ESCALATE_STANDING 08:00 19/06/2020',
      'CHASE_2 08:00 22/06/2020',
      'CHASE_3 08:00 24/06/2020',
      'ESCALATE_CITY 08:00 25/06/2020',
    ]);
    expect(planned('2020-06-17', '2020-05-15T00:00').map((step) => step.ordinal)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('due in the chain of holidays of 2023 leave it out', () => {
    expect(told(planned('2023-04-29', '2023-04-01T00:00'))).toEqual([
      'REMIND_1 08:00 24/04/2023',
      'REMIND_2 08:00 28/04/2023',
      'DUE 08:00 04/05/2023',
      'CHASE_1 08:00 05/05/2023',
      'ESCALATE_STANDING 08:00 08/05/2023',
      'CHASE_2 08:00 09/05/2023',
      'CHASE_3 08:00 11/05/2023',
      'ESCALATE_CITY 08:00 12/05/2023',
    ]);
  });

  it('may fall on a made up Saturday', () => {
    expect(told(planned('2026-08-21', '2026-08-01T00:00'))).toContain('CHASE_1 08:00 22/08/2026');
  });

  it('due on a Saturday that does not roll: told on Friday, chased from Monday', () => {
    expect(told(planned('2020-10-17', '2020-09-15T00:00', { roll: 'NONE' })).slice(1, 4)).toEqual([
      'REMIND_2 08:00 15/10/2020',
      'DUE 08:00 16/10/2020',
      'CHASE_1 08:00 19/10/2020',
    ]);
  });

  it('in a year without a table are an error', () => {
    expect(() => planned('2027-12-30', '2027-12-01T00:00')).toThrow(/no year 2028/);
  });
});

describe('an obligation opened late', () => {
  it('before its deadline skips what has passed and goes on', () => {
    const all = planned('2020-06-17', '2020-06-16T09:00');
    expect(pending(all)).toEqual(['DUE', 'CHASE_1', 'ESCALATE_STANDING', 'CHASE_2', 'CHASE_3', 'ESCALATE_CITY']);
    expect(all.slice(0, 2).map((step) => step.skipped)).toEqual(['before-opening', 'before-opening']);
  });

  it('at the very moment of a rung still tells it', () => {
    expect(pending(planned('2020-06-17', '2020-06-16T08:00'))[0]).toBe('REMIND_2');
  });

  it('on its due day says nothing of what passed: the deadline is still ahead', () => {
    expect(pending(planned('2020-06-17', '2020-06-17T23:59'))).toEqual([
      'CHASE_1',
      'ESCALATE_STANDING',
      'CHASE_2',
      'CHASE_3',
      'ESCALATE_CITY',
    ]);
  });

  it('after its deadline tells the highest rung that has passed, in each track, once', () => {
    const all = planned('2020-06-17', '2020-06-22T10:00');
    expect(pending(all)).toEqual(['ESCALATE_STANDING', 'CHASE_2', 'CHASE_3', 'ESCALATE_CITY']);
    expect(codes(due(all, '2020-06-22T10:00'))).toEqual(['ESCALATE_STANDING', 'CHASE_2']);
  });

  it('years after its deadline tells both ends of the ladder, once', () => {
    expect(pending(planned('2020-06-17', '2026-01-05T09:00'))).toEqual(['CHASE_3', 'ESCALATE_CITY']);
  });
});

const due = (all: readonly PlannedStep[], now: string) =>
  all.filter((step) => step.skipped === undefined && Temporal.Instant.compare(step.dueAt, at(now)) <= 0);

describe('due steps of one obligation', () => {
  const rows = (...list: [string, number, string][]) => list.map(([id, ordinal, track]) => ({ id, ordinal, track }));
  const ids = (list: readonly { id: string }[]) => list.map((row) => row.id);

  it('are told once per track, by the highest', () => {
    const { fire, superseded } = overtaken(
      rows(['DUE', 3, 'debtor'], ['CHASE_1', 4, 'debtor'], ['ESCALATE_STANDING', 5, 'superior'], ['CHASE_2', 6, 'debtor']),
    );
    expect(ids(fire).sort()).toEqual(['CHASE_2', 'ESCALATE_STANDING']);
    expect(ids(superseded)).toEqual(['DUE', 'CHASE_1']);
  });

  it('are told whatever the order they come in, and nothing is told of nothing', () => {
    const { fire, superseded } = overtaken(rows(['CHASE_2', 6, 'debtor'], ['CHASE_1', 4, 'debtor']));
    expect([ids(fire), ids(superseded)]).toEqual([['CHASE_2'], ['CHASE_1']]);
    expect(overtaken([])).toEqual({ fire: [], superseded: [] });
  });
});

describe('the next step', () => {
  it('is the first one still to come', () => {
    const all = planned('2020-06-17', '2020-06-16T09:00');
    expect(nextStep(all, at('2020-06-16T09:00'))?.rung.code).toBe('DUE');
    expect(nextStep(all, at('2020-06-17T08:00'))?.rung.code).toBe('CHASE_1');
    expect(nextStep(all, at('2020-06-25T08:00'))).toBeUndefined();
  });

  it('is none that was skipped', () => {
    expect(nextStep(planned('2020-06-17', '2020-06-16T09:00'), at('2020-06-01T00:00'))?.rung.code).toBe('DUE');
  });
});

describe('for any ladder, deadline and opening', () => {
  const offsets = fc.uniqueArray(fc.tuple(fc.integer({ min: -30, max: 30 }), fc.integer({ min: 0, max: 1439 })), {
    minLength: 1,
    maxLength: 12,
    selector: ([days, minute]) => days * 1440 + minute,
  });
  const ladders = fc
    .tuple(offsets, fc.array(fc.tuple(fc.nat(ladderLevels.length - 1), fc.boolean()), { minLength: 12, maxLength: 12 }))
    .map(([moments, kinds]) => ladderOf(moments, kinds));
  const dueDays = fc.integer({ min: 0, max: 2400 }).map((days) => Temporal.PlainDate.from('2020-03-01').add({ days }));
  const cases = fc.record({
    ladder: ladders,
    date: dueDays,
    roll: fc.constantFrom<RollPolicy>('FORWARD', 'NONE'),
    openedDays: fc.integer({ min: -60, max: 60 }),
    openedMinute: fc.integer({ min: 0, max: 1439 }),
  });

  function ladderOf(moments: [number, number][], kinds: [number, boolean][]): Ladder {
    const two = (value: number) => String(value).padStart(2, '0');
    const ordered = [...moments].sort(([a, b], [c, d]) => a * 1440 + b - (c * 1440 + d));
    const ranks = kinds.map(([rank]) => rank).sort((a, b) => a - b);
    return ladderSchema.parse({
      code: 'any',
      title: 'Thang bất kỳ',
      rungs: ordered.map(([days, minute], index) => ({
        code: `R${String(index)}`,
        offset: `${days > 0 ? '+' : ''}${String(days)}wd`,
        at: `${two(Math.floor(minute / 60))}:${two(minute % 60)}`,
        level: ladderLevels[ranks[index] ?? 0],
        track: kinds[index]?.[1] ? 'superior' : 'debtor',
        audiences: [{ who: 'focal', as: 'owes' }],
        basis: 'thử',
      })),
    });
  }

  function run({ ladder, date, roll, openedDays, openedMinute }: typeof cases extends fc.Arbitrary<infer Case> ? Case : never) {
    const deadline = resolveDeadline({ word: 'NO_LATER_THAN', date, roll }, calendar);
    const openedAt = atLocalTime(date.add({ days: openedDays }), '00:00').add({ minutes: openedMinute });
    return { deadline, openedAt, all: steps(ladder, deadline, openedAt, calendar) };
  }
  const isPast = (step: PlannedStep, now: Temporal.Instant) => Temporal.Instant.compare(step.dueAt, now) < 0;

  it('each rung is one step on a working day, in order of time', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { all } = run(one);
        expect(all.map((step) => step.rung)).toEqual(one.ladder.rungs);
        for (const [index, step] of all.entries()) {
          expect(calendar.isWorkingDay(localDate(step.dueAt))).toBe(true);
          const previous = all[index - 1];
          if (previous) expect(isPast(previous, step.dueAt)).toBe(true);
        }
      }),
    );
  });

  it('the same input gives the same steps', () => {
    fc.assert(
      fc.property(cases, (one) => {
        expect(run(one).all).toEqual(run(one).all);
      }),
    );
  });

  it('reminders come before the deadline and chasings after it', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { all, deadline } = run(one);
        for (const { rung, dueAt } of all) {
          const late = Temporal.Instant.compare(dueAt, deadline.overdueAt) >= 0;
          expect(late).toBe(rung.offset.startsWith('+'));
        }
      }),
    );
  });

  it('what is skipped had passed, what is still ahead never is, and after the deadline one passed step per track is left to tell', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { all, deadline, openedAt } = run(one);
        const passed = all.filter((step) => isPast(step, openedAt));
        for (const step of all) if (step.skipped) expect(passed).toContain(step);
        const left = passed.filter((step) => !step.skipped);
        const overdue = Temporal.Instant.compare(deadline.overdueAt, openedAt) <= 0;
        expect(left).toHaveLength(overdue ? new Set(passed.map((step) => step.rung.track)).size : 0);
        for (const step of left) {
          expect(passed.filter((other) => other.rung.track === step.rung.track && other.ordinal > step.ordinal)).toEqual([]);
        }
      }),
    );
  });

  it('a later due day never makes a step earlier', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 0, max: 40 }), (one, days) => {
        const later = run({ ...one, date: one.date.add({ days }) }).all;
        for (const [index, step] of run(one).all.entries()) {
          expect(Temporal.Instant.compare(step.dueAt, later[index]!.dueAt)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });
});
