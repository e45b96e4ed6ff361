import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { loadWorkingCalendar } from '#calendar';
import { classStates, engagementStates } from '#contracts';
import type { Session } from '../bookings/timetable.js';
import { answerByOf, askedOf, followed, isTimeToAsk, isToBeAskedAgain, isUnanswered, mustBeOpen, openAnswers } from './engagement.js';

const calendar = loadWorkingCalendar(join(import.meta.dirname, '../../../../plans/calendar'));
const day = (text: string) => Temporal.PlainDate.from(text);
const session = (changes: Partial<Session> = {}): Session => ({
  id: '1',
  day: day('2020-07-07'),
  part: 'morning',
  topic: 'A',
  venueId: 'v',
  trainerId: 't',
  ...changes,
});

describe('what a trainer is asked', () => {
  it('is when and where, in any order; not what a session is about', () => {
    const [morning, afternoon] = [session(), session({ id: '2', part: 'afternoon' })];
    expect(askedOf([afternoon, morning])).toBe(askedOf([morning, afternoon]));
    expect(askedOf([session({ topic: 'B' })])).toBe(askedOf([morning]));
    for (const other of [
      session({ day: day('2020-07-08') }),
      session({ part: 'afternoon' }),
      session({ venueId: 'w' }),
      session({ venueId: null }),
    ])
      expect(askedOf([other])).not.toBe(askedOf([morning]));
    expect(askedOf([morning, afternoon])).not.toBe(askedOf([morning]));
  });

  it('is asked from 20 working days before the first session on, and no longer on its day', () => {
    // Tuesday; 20 working days before is a Tuesday four weeks earlier.
    const first = day('2020-07-07');
    expect(isTimeToAsk(first, day('2020-06-08'), calendar)).toBe(false);
    expect(isTimeToAsk(first, day('2020-06-09'), calendar)).toBe(true);
    expect(isTimeToAsk(first, day('2020-07-06'), calendar)).toBe(true);
    expect(isTimeToAsk(first, first, calendar)).toBe(false);
  });

  it.each([
    ['2020-06-09', '2020-06-16', 'five working days'],
    ['2020-06-19', '2020-06-26', 'five working days, which are just seven before the class'],
    ['2020-06-23', '2020-06-26', 'seven working days before the class'],
    ['2020-06-26', '2020-06-27', 'tomorrow, when that is over'],
    ['2020-07-06', '2020-07-07', 'tomorrow, never before'],
  ])('asked on %s is to be answered by %s: %s', (today, answerBy) => {
    expect(answerByOf(day(today), day('2020-07-07'), calendar).toString()).toBe(answerBy);
  });

  it('is asked once more after the day of the answer, and then a person sees to it', () => {
    const invited = { state: 'invited', asks: 1, answerBy: day('2020-06-16') } as const;
    expect(isToBeAskedAgain(invited, day('2020-06-16'))).toBe(false);
    expect(isToBeAskedAgain(invited, day('2020-06-17'))).toBe(true);
    expect(isUnanswered(invited, day('2020-06-17'))).toBe(false);
    expect(isUnanswered({ ...invited, asks: 2 }, day('2020-06-16'))).toBe(false);
    expect(isUnanswered({ ...invited, asks: 2 }, day('2020-06-17'))).toBe(true);
    expect(isToBeAskedAgain({ ...invited, asks: 2 }, day('2020-06-17'))).toBe(false);
    for (const state of engagementStates.filter((one) => one !== 'invited')) {
      expect(isToBeAskedAgain({ ...invited, state }, day('2020-06-17'))).toBe(false);
      expect(isUnanswered({ ...invited, state, asks: 2 }, day('2020-06-17'))).toBe(false);
    }
  });
});

describe('an engagement follows its class', () => {
  const becomes = (state: (typeof engagementStates)[number] | null, now: Partial<Parameters<typeof followed>[1]>, asked = 'then') =>
    followed(state && { state, asked }, { classState: 'planned', teaches: true, asked: 'then', ...now });

  it('where the class is still to be held', () => {
    const all = [null, ...engagementStates] as const;
    const table = (now: Partial<Parameters<typeof followed>[1]>) => all.map((state) => becomes(state, now));
    //                            none        proposed  invited     accepted    declined    ended       delivered
    expect(table({})).toEqual(['proposed', null, null, null, 'proposed', 'proposed', null]);
    expect(table({ asked: 'now' })).toEqual(['proposed', null, 'proposed', 'proposed', 'proposed', 'proposed', null]);
    const [morning, afternoon] = ['2020-07-07 morning v', '2020-07-07 afternoon v'];
    const both = `${afternoon}\n${morning}`;
    const asked = (before: string, now: string, classState: (typeof classStates)[number]) => [
      becomes('accepted', { asked: now, classState }, before),
      becomes('invited', { asked: now, classState }, before),
    ];
    for (const classState of ['planned', 'nomination-closed', 'roster-locked', 'notified'] as const) {
      expect(asked(both, morning, classState)).toEqual([null, null]);
      expect(asked(morning, both, classState)).toEqual(['proposed', 'proposed']);
      const elsewhere = classState === 'planned' || classState === 'nomination-closed' ? 'proposed' : null;
      expect(asked(both, both.replaceAll(' v', ' w'), classState)).toEqual([elsewhere, elsewhere]);
    }
    expect(table({ teaches: false })).toEqual([null, 'ended', 'ended', 'ended', null, null, null]);
    expect(table({ classState: 'cancelled' })).toEqual([null, 'ended', 'ended', 'ended', null, null, null]);
    expect(table({ classState: 'postponed', asked: null })).toEqual([
      'proposed',
      null,
      'proposed',
      'proposed',
      'proposed',
      'proposed',
      null,
    ]);
  });

  it('and stays what it is from the first session on', () => {
    for (const classState of ['in-progress', 'completed', 'certified', 'reported'] as const)
      for (const state of engagementStates) expect(becomes(state, { classState, teaches: false, asked: 'now' })).toBeNull();
  });
});

describe('an answer', () => {
  it('is open to who is invited, and to who accepted until the roster is locked', () => {
    for (const classState of classStates)
      for (const state of engagementStates) {
        const early = ['planned', 'nomination-open', 'nomination-closed'].includes(classState);
        const stands = early || ['roster-locked', 'notified'].includes(classState);
        const open = state === 'invited' && stands ? ['accepted', 'declined'] : state === 'accepted' && early ? ['declined'] : [];
        expect([classState, state, openAnswers(state, classState)]).toEqual([classState, state, open]);
      }
  });

  it('is refused where it is final, too late, or nobody is asked any more', () => {
    const refused = (...asked: Parameters<typeof mustBeOpen>) => {
      try {
        mustBeOpen(...asked);
        return null;
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(refused('declined', 'accepted', 'planned')).toBe('answer-final');
    expect(refused('accepted', 'declined', 'roster-locked')).toBe('answer-too-late');
    expect(refused('accepted', 'declined', 'nomination-closed')).toBeNull();
    expect(refused('invited', 'declined', 'notified')).toBeNull();
    expect(refused('proposed', 'accepted', 'planned')).toBeNull();
    expect(refused('ended', 'accepted', 'planned')).toBe('engagement-over');
    expect(refused('delivered', 'declined', 'completed')).toBe('engagement-over');
  });
});
