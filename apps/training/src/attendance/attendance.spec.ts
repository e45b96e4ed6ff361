import { join } from 'node:path';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { loadWorkingCalendar } from '#calendar';
import { askedAgainAt, differenceOf, hasBegun, isOver, marksOf, mustBeOnce, openUntil, reaches, type Mark } from './attendance.js';

const calendar = loadWorkingCalendar(join(import.meta.dirname, '../../../../plans/calendar'));
const day = (text: string) => Temporal.PlainDate.from(text);
const at = (local: string) => Temporal.Instant.from(`${local}:00+07:00`);
const codeOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('the threshold of a course', () => {
  it.each([
    [4, 5, 80, true],
    [799, 1000, 80, false],
    [800, 1000, 80, true],
    [3, 4, 80, false],
    [4, 4, 100, true],
    [0, 4, 0, true],
    [0, 0, 80, false],
  ])('%i of %i sessions against %i per cent: %s', (attended, sessions, threshold, passes) => {
    expect(reaches(attended, sessions, threshold)).toBe(passes);
  });

  it('is reached exactly when the share is as large, without rounding, and one more session never hurts', () => {
    const numbers = fc.record({
      sessions: fc.integer({ min: 1, max: 500 }),
      attended: fc.integer({ min: 0, max: 500 }),
      threshold: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(numbers, ({ sessions, attended, threshold }) => {
        const some = Math.min(attended, sessions);
        const exact = BigInt(some) * 100n >= BigInt(threshold) * BigInt(sessions);
        expect(reaches(some, sessions, threshold)).toBe(exact);
        if (reaches(some, sessions, threshold)) expect(reaches(Math.min(some + 1, sessions), sessions, threshold)).toBe(true);
        expect(reaches(sessions, sessions, threshold)).toBe(true);
      }),
    );
  });
});

describe('the time of a session', () => {
  const slot = { day: day('2020-07-10'), part: 'afternoon' as const };

  it('begins its attendance with its first minute', () => {
    expect([hasBegun(slot, at('2020-07-10T13:29')), hasBegun(slot, at('2020-07-10T13:30'))]).toEqual([false, true]);
  });

  it('closes it to its trainer three working days later, over a weekend too', () => {
    expect(openUntil(slot.day, calendar).toString()).toBe('2020-07-15');
    expect([isOver(slot, at('2020-07-15T23:59'), calendar), isOver(slot, at('2020-07-16T00:00'), calendar)]).toEqual([false, true]);
  });

  it('asks its trainer again at 08:00, a working day after the first mail can have left', () => {
    expect(askedAgainAt(slot.day, calendar).toString()).toBe(at('2020-07-14T08:00').toString());
    expect(askedAgainAt(day('2020-07-07'), calendar).toString()).toBe(at('2020-07-09T08:00').toString());
  });
});

describe('marks', () => {
  const mark = (enrolmentId: string, status: Mark['status']): Mark => ({ sessionId: 's', enrolmentId, status });

  it('are new, other than before, or nothing new', () => {
    const known = [mark('a', 'present'), mark('b', 'absent')];
    const said = [mark('a', 'present'), mark('b', 'late'), mark('c', 'present')];
    expect(differenceOf(said, known)).toEqual({ recorded: [said[2]], corrected: [{ ...said[1], from: 'absent' }] });
  });

  it('are one for a person and session', () => {
    expect(
      codeOf(() => {
        mustBeOnce([mark('a', 'present'), mark('a', 'late')]);
      }),
    ).toMatchObject({
      code: 'marked-twice',
      details: [{ enrolmentId: 'a' }],
    });
  });
});

describe('a sheet', () => {
  const sessions = [{ id: 's1' }, { id: 's2' }];
  const numbers = new Map([
    ['7', 'e7'],
    ['8', 'e8'],
  ]);
  const row = (line: number, number: string, ...texts: string[]) => ({
    number: { address: `A${String(line)}`, text: number },
    marks: texts.map((text, index) => ({ ordinal: index + 1, address: `${'DEF'[index]!}${String(line)}`, text })),
  });

  it('says marks in words or letters, of whatever case; an empty box says nothing', () => {
    expect(marksOf([row(5, '7', 'X', ''), row(6, '8', 'Có phép', 'VẮNG')], sessions, numbers)).toEqual([
      { sessionId: 's1', enrolmentId: 'e7', status: 'present' },
      { sessionId: 's1', enrolmentId: 'e8', status: 'excused' },
      { sessionId: 's2', enrolmentId: 'e8', status: 'absent' },
    ]);
  });

  it('is refused as a whole with each fault at its cell', () => {
    const rows = [row(5, '7', 'x', 'đến'), row(6, '9', 'x'), row(7, '7', 'm'), row(8, '8', 'x', 'x', 'x')];
    const error = codeOf(() => marksOf(rows, sessions, numbers)) as { code: string; details: { address: string }[] };
    expect([error.code, error.details.map(({ address }) => address)]).toEqual(['sheet-refused', ['E5', 'A6', 'A7', 'F8']]);
    expect(codeOf(() => marksOf([row(5, '7', '', '')], sessions, numbers))).toMatchObject({ code: 'sheet-empty' });
  });
});
