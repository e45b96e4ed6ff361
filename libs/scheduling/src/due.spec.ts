import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { dueOccurrences } from './due.js';
import { occurrenceAfter, occurrencesIn, occurrenceUntil, type Schedule } from './schedule.js';

const at = (text: string) => Temporal.Instant.from(`${text}+07:00`);
const local = (instants: readonly Temporal.Instant[]) =>
  instants.map((instant) => instant.toZonedDateTimeISO('Asia/Ho_Chi_Minh').toPlainDateTime().toString({ smallestUnit: 'minute' }));

function schedule(missed: Schedule['missed'], cron = '30 7 * * *'): Schedule {
  return { id: 'digest', description: 'Tells what is owed', cron, missed, run: () => Promise.resolve() };
}

describe('occurrences', () => {
  it('are counted on the clock of Viet Nam', () => {
    const weekly = schedule('once', '30 7 * * 4');
    expect(local([occurrenceAfter(weekly, at('2020-06-01T00:00'))])).toEqual(['2020-06-04T07:30']);
    expect(local([occurrenceUntil(weekly, at('2020-06-04T07:29:59'))])).toEqual(['2020-05-28T07:30']);
  });

  it('belong to the moment they fall on: never before, never twice', () => {
    const moment = at('2020-06-04T07:30');
    expect(occurrenceUntil(schedule('once'), moment)).toEqual(moment);
    expect(local([occurrenceAfter(schedule('once'), moment)])).toEqual(['2020-06-05T07:30']);
    expect(occurrencesIn(schedule('once'), moment, moment, 5)).toEqual([]);
  });

  it('may be counted in another zone', () => {
    expect(local([occurrenceAfter({ ...schedule('once', '0 0 * * *'), timeZone: 'UTC' }, at('2020-06-01T00:00'))])).toEqual([
      '2020-06-01T07:00',
    ]);
  });
});

describe('after three days without the service', () => {
  const down = at('2020-06-01T08:00');
  const back = at('2020-06-04T09:00');

  it('once runs the newest missed occurrence', () => {
    const due = dueOccurrences(schedule('once'), down, back, back);
    expect({ ...due, occurrences: local(due.occurrences) }).toEqual({ occurrences: ['2020-06-04T07:30'], leftOut: true });
  });

  it('all runs each of them in order', () => {
    const due = dueOccurrences(schedule('all'), down, back, back);
    expect({ ...due, occurrences: local(due.occurrences) }).toEqual({
      occurrences: ['2020-06-02T07:30', '2020-06-03T07:30', '2020-06-04T07:30'],
      leftOut: false,
    });
  });

  it('all makes up for at most 1,000 and says that it left some out', () => {
    const due = dueOccurrences(schedule('all', '* * * * *'), down, back, back);
    expect(due.occurrences).toHaveLength(1000);
    expect(local(due.occurrences.slice(-1))).toEqual(['2020-06-04T09:00']);
    expect(due.leftOut).toBe(true);
  });

  it('skip runs none', () => {
    expect(dueOccurrences(schedule('skip'), down, back, back)).toEqual({ occurrences: [], leftOut: true });
  });

  it('skip still runs what fell less than a minute ago', () => {
    const now = at('2020-06-04T07:30:40');
    expect(local(dueOccurrences(schedule('skip'), down, now, now).occurrences)).toEqual(['2020-06-04T07:30']);
  });
});

describe('on a clock that runs a day per second', () => {
  it('skip runs what fell since the tick before, though it is half an hour old', () => {
    const now = at('2020-06-04T07:58');
    const due = dueOccurrences(schedule('skip'), at('2020-06-04T07:29'), now, at('2020-06-04T07:29'));
    expect(local(due.occurrences)).toEqual(['2020-06-04T07:30']);
  });
});

describe('whatever the ticks', () => {
  it.each(['once', 'all', 'skip'] as const)(
    '%s runs no occurrence twice, none from the future, and the last one exactly once',
    (missed) => {
      const start = at('2020-06-01T00:00');
      const ticks = fc.array(fc.integer({ min: 1, max: 7 * 3_600_000 }), { minLength: 1, maxLength: 40 });
      fc.assert(
        fc.property(ticks, (steps) => {
          const every = schedule(missed, '*/20 * * * *');
          const ran: number[] = [];
          let before = start;
          for (const milliseconds of steps) {
            const now = before.add({ milliseconds });
            for (const occurrence of dueOccurrences(every, before, now, before).occurrences) {
              expect(Temporal.Instant.compare(occurrence, now)).toBeLessThanOrEqual(0);
              ran.push(occurrence.epochMilliseconds);
            }
            before = now;
          }
          expect(new Set(ran).size).toBe(ran.length);
          expect([...ran].sort((a, b) => a - b)).toEqual(ran);
          const last = occurrenceUntil(every, before);
          if (Temporal.Instant.compare(last, start) > 0) expect(ran.at(-1)).toBe(last.epochMilliseconds);
        }),
        { numRuns: 40 },
      );
    },
  );
});
