import { join } from 'node:path';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { loadWorkingCalendar } from '#calendar';
import { z } from 'zod';
import { levels, mail as mailSchema, messageStates, useSealingKeys, type Level, type Mail } from '#contracts';
import type { Handover } from '../mail/mailer.js';
import { sampleChasing, sampleItem, sampleMails } from '../templates/samples.js';
import {
  endingOf,
  hoursOf,
  interruption,
  keptFacts,
  mailIdOf,
  mayLeave,
  waitForRecipient,
  waitUntil,
  withoutDropped,
  type Claim,
} from './delivery.js';

const calendar = loadWorkingCalendar(join(import.meta.dirname, '../../../../plans/calendar'));
const at = (local: string) => Temporal.PlainDateTime.from(local).toZonedDateTime('Asia/Ho_Chi_Minh').toInstant();
const NOW = at('2020-06-18T08:00');
const claim = (attempt: number, doubts = 0): Claim => ({ attempt, doubts, at: NOW, standIn: null });
const mail = (level: Level): Mail => sampleChasing(level, [sampleItem(level, 'owes')]);
const [digest] = sampleMails['weekly-digest'];
const escalations: readonly Level[] = ['escalated-standing', 'escalated-city'];

const later = (reached: boolean): Handover => ({ kind: 'retry', answer: '451 later', reached });
const pauseOf = (attempt: number, reached: boolean) => {
  const { nextAttemptAt } = endingOf(later(reached), claim(attempt), mail('chase-1'), NOW, calendar);
  return nextAttemptAt && NOW.until(nextAttemptAt).total('minutes');
};

describe('a mail whose recipient is not known', () => {
  it.each([
    [0, 1],
    [0.4, 1],
    [1, 1],
    [7, 7],
    [3600, 3600],
    [86_399, 86_399],
    [86_400, null],
    [1e6, null],
  ])('for %d seconds is looked at again after %p', (waited, pause) => {
    const now = NOW.add({ milliseconds: waited * 1000 });
    expect(waitForRecipient(NOW, now)).toEqual(pause && now.add({ seconds: pause }));
  });

  it('and that was decided by a clock that is ahead of ours waits a second', () => {
    expect(waitForRecipient(NOW.add({ seconds: 30 }), NOW)).toEqual(NOW.add({ seconds: 1 }));
  });
});

describe('a mail that the server put off', () => {
  it('waits longer from try to try', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map((attempt) => pauseOf(attempt, true))).toEqual([1, 5, 15, 60, 120, 240, 480]);
  });

  it('waits again when it is claimed, queued and explained', () => {
    expect(endingOf(later(true), claim(1), mail('chase-1'), NOW, calendar)).toEqual({
      state: 'queued',
      outcome: 'retry',
      answer: '451 later',
      reason: '451 later',
      nextAttemptAt: at('2020-06-18T08:01'),
    });
  });

  it('waits for office hours when the pause ends outside of them', () => {
    const evening = at('2020-06-19T16:55');
    const next = (attempt: number) => endingOf(later(true), claim(attempt), mail('chase-1'), evening, calendar).nextAttemptAt;
    expect(next(1)).toEqual(at('2020-06-19T16:56'));
    expect(next(2)).toEqual(at('2020-06-22T07:30'));
  });

  it('has failed after nine tries that the server answered', () => {
    expect(pauseOf(8, true)).toBe(480);
    expect(endingOf(later(true), claim(9), mail('chase-1'), NOW, calendar)).toMatchObject({
      state: 'failed',
      outcome: 'retry',
      reason: '451 later',
      nextAttemptAt: null,
    });
  });

  it('is never used up by a server that cannot be reached', () => {
    expect([8, 9, 10, 500].map((attempt) => pauseOf(attempt, false))).toEqual([480, 480, 480, 480]);
  });
});

describe('an answer for good', () => {
  it('ends a mail as sent', () => {
    const ending = endingOf({ kind: 'sent', answer: '250 ok' }, claim(3), mail('due'), NOW, calendar);
    expect(ending).toEqual({ state: 'sent', outcome: 'sent', answer: '250 ok', reason: null, nextAttemptAt: null });
  });

  it('ends a refused mail as failed, with the reason', () => {
    const refused: Handover = { kind: 'refused', answer: '550 no such user', status: '550', address: true };
    expect(endingOf(refused, claim(1), mail('escalated-city'), NOW, calendar)).toEqual({
      state: 'failed',
      outcome: 'refused',
      answer: '550 no such user',
      reason: '550 no such user',
      nextAttemptAt: null,
    });
  });

  it('of a repeat says that it is one', () => {
    expect(endingOf({ kind: 'sent', answer: '250 ok' }, claim(2, 1), mail('escalated-city'), NOW, calendar).answer).toBe('(repeat) 250 ok');
  });
});

describe('a mail in doubt', () => {
  const silent: Handover = { kind: 'unknown', answer: 'timeout' };

  it.each(levels.filter((level) => !escalations.includes(level)))('is not sent again at the level %s', (level) => {
    const ending = endingOf(silent, claim(1), mail(level), NOW, calendar);
    expect(ending).toMatchObject({ state: 'unknown', outcome: 'unknown', nextAttemptAt: null });
    expect(interruption(0, mail(level), NOW, calendar)).toMatchObject({ state: 'unknown', outcome: 'interrupted', nextAttemptAt: null });
  });

  it('that is a digest is not sent again', () => {
    expect(endingOf(silent, claim(1), digest!, NOW, calendar).nextAttemptAt).toBeNull();
  });

  it.each(escalations)('is sent once more half an hour later at the level %s', (level) => {
    expect(endingOf(silent, claim(1), mail(level), NOW, calendar).nextAttemptAt).toEqual(at('2020-06-18T08:30'));
    expect(interruption(0, mail(level), NOW, calendar).nextAttemptAt).toEqual(at('2020-06-18T08:30'));
  });

  it('is repeated in office hours', () => {
    expect(interruption(0, mail('escalated-city'), at('2020-06-18T16:45'), calendar).nextAttemptAt).toEqual(at('2020-06-19T07:30'));
  });

  it('is never sent a third time, whatever became of the tries between', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom(...levels),
        (doubts, attempt, level) => {
          expect(endingOf(silent, claim(attempt, doubts), mail(level), NOW, calendar)).toMatchObject({
            state: 'unknown',
            nextAttemptAt: null,
          });
          expect(interruption(doubts, mail(level), NOW, calendar)).toMatchObject({ state: 'unknown', nextAttemptAt: null });
        },
      ),
    );
  });
});

describe('the moment at which a mail may leave', () => {
  it.each([
    ['now, in office hours', null, '2020-06-18T08:00', null],
    ['now, when its pause is over', '2020-06-18T07:59', '2020-06-18T08:00', null],
    ['after its pause', '2020-06-18T08:05', '2020-06-18T08:00', '2020-06-18T08:05'],
    ['at the opening', null, '2020-06-18T07:29', '2020-06-18T07:30'],
    ['tomorrow, at closing time', null, '2020-06-18T17:00', '2020-06-19T07:30'],
    ['on Monday, when its pause ends on a Saturday', '2020-06-20T10:00', '2020-06-19T10:00', '2020-06-22T07:30'],
    ['in the morning, when its pause ended at night', '2020-06-18T02:00', '2020-06-18T03:00', '2020-06-18T07:30'],
  ])('is %s', (_, notBefore, now, expected) => {
    expect(waitUntil(notBefore === null ? null : at(notBefore), at(now), calendar)).toEqual(expected === null ? null : at(expected));
  });

  it('is always in office hours, in the future, and not before its pause', () => {
    const minutes = fc.integer({ min: 0, max: 60 * 24 * 200 });
    fc.assert(
      fc.property(minutes, minutes, (early, late) => {
        const [now, notBefore] = [NOW.add({ minutes: early }), NOW.add({ minutes: late })];
        const wait = waitUntil(notBefore, now, calendar);
        const leaves = wait ?? now;
        expect(calendar.isOfficeHour(leaves)).toBe(true);
        expect(Temporal.Instant.compare(leaves, notBefore)).toBeGreaterThanOrEqual(0);
        if (wait) expect(Temporal.Instant.compare(wait, now)).toBe(1);
      }),
    );
  });

  it('comes for what is queued, and for what is in doubt and to be repeated', () => {
    const leaving = (nextAttemptAt: Temporal.Instant | null) => messageStates.filter((state) => mayLeave({ state, nextAttemptAt }));
    expect(leaving(null)).toEqual(['queued']);
    expect(leaving(NOW)).toEqual(['queued', 'unknown']);
  });
});

describe('a mail without what need not be told', () => {
  const [first, second] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const;
  const both = sampleChasing('escalated-city', [
    { ...sampleItem('escalated-city', 'escalated'), obligationId: first },
    { ...sampleItem('chase-1', 'owes'), obligationId: second },
  ]);

  it('keeps the rest, at the level of the rest', () => {
    expect(withoutDropped(both, new Set([first]))).toEqual({ ...both, level: 'chase-1', items: [both.items[1]] });
    expect(withoutDropped(both, new Set([second]))).toEqual({ ...both, items: [both.items[0]] });
  });

  it('is nothing when nothing is left', () => {
    expect(withoutDropped(both, new Set([first, second]))).toBeNull();
  });

  it('is the same mail when nothing in it was dropped', () => {
    expect(withoutDropped(both, new Set())).toEqual(both);
    expect(withoutDropped(both, new Set(['33333333-3333-4333-8333-333333333333']))).toEqual(both);
  });

  it('stays whole when it is a digest', () => {
    expect(withoutDropped(digest!, new Set([first]))).toEqual(digest);
  });
});

it('a message has one Message-ID', () => {
  expect(mailIdOf('11111111-1111-4111-8111-111111111111', 'hanoi.example')).toBe('11111111-1111-4111-8111-111111111111@hanoi.example');
});

describe('the hours of a mail', () => {
  const [missing] = sampleMails['attendance-missing'];
  it.each([
    ['2020-06-18T18:00', null],
    ['2020-06-18T19:59', null],
    ['2020-06-18T20:00', '2020-06-19T07:30'],
    ['2020-06-20T18:00', '2020-06-22T07:30'],
    ['2020-06-18T07:00', '2020-06-18T07:30'],
  ])('that asks for attendance reach to 20:00 on working days: at %s it waits until %s', (now, until) => {
    const wait = waitUntil(null, at(now), hoursOf(missing!, calendar));
    expect(wait?.toString() ?? null).toBe(until && at(until).toString());
  });

  it('of every other kind are office hours', () => {
    const evening = at('2020-06-18T18:00');
    for (const [template, [one]] of Object.entries(sampleMails as Record<string, readonly Mail[]>)) {
      expect([template, hoursOf(one!, calendar).isOfficeHour(evening)]).toEqual([template, template === 'attendance-missing']);
    }
  });
});

describe('what is kept of a mail', () => {
  const sealedIn = (wire: object, plain: object): string[] =>
    Object.entries(wire).flatMap(([name, value]) =>
      typeof value === 'string' && value.startsWith('sealed.') ? [String(Reflect.get(plain, name))] : [],
    );

  it('is everything but what travels sealed', () => {
    useSealingKeys([Buffer.alloc(32, 'a key of this test').toString('base64')]);
    const secrets = Object.values(sampleMails as Record<string, readonly Mail[]>)
      .flat()
      .map((one) => ({ template: one.template, secrets: sealedIn(z.encode(mailSchema, one), one), kept: JSON.stringify(keptFacts(one)) }));
    expect(new Set(secrets.flatMap(({ template, secrets: found }) => found.map(() => template)))).toEqual(
      new Set(['trainer-invitation', 'class-roster', 'attendance-missing', 'certificate']),
    );
    for (const { secrets: found, kept } of secrets) for (const secret of found) expect(kept).not.toContain(JSON.stringify(secret));
    expect(keptFacts(sampleMails.chasing[0]!)).toEqual(sampleMails.chasing[0]);
  });
});
