import { Temporal } from 'temporal-polyfill';
import { AcceleratedClock, clockFrom, FixedClock, parseClockStart, parseSpeed, SystemClock } from './clock.js';

const START = Temporal.Instant.from('2020-06-01T00:30:00Z');
const realNow = () => performance.timeOrigin + performance.now();
const millis = (instant: Temporal.Instant) => instant.epochMilliseconds;

describe('the accelerated clock', () => {
  it('gives every process with the same three values the same time', () => {
    const options = { start: START, speed: 86_400, epoch: realNow() - 60_000 };
    const [one, another] = [new AcceleratedClock(options), new AcceleratedClock(options)];
    const first = millis(one.now());
    const second = millis(another.now());
    expect(second).toBeGreaterThanOrEqual(first);
    expect(millis(one.now())).toBeGreaterThanOrEqual(second);
  });

  it('runs at its speed: a day of business passes in a real second', () => {
    const clock = new AcceleratedClock({ start: START, speed: 86_400, epoch: realNow() - 10_000 });
    const days = clock.now().since(START).total('hours') / 24;
    expect(days).toBeGreaterThanOrEqual(10);
    expect(days).toBeLessThan(12);
  });

  it('stands at its start until its epoch has come', () => {
    const clock = new AcceleratedClock({ start: START, speed: 86_400, epoch: realNow() + 3_600_000 });
    expect(clock.now()).toEqual(START);
    const wait = clock.realMillisUntil(START.add({ hours: 24 }));
    expect(wait).toBeGreaterThan(3_600_000);
    expect(wait).toBeLessThanOrEqual(3_601_000 + 1);
  });

  it('waits a whole number of real milliseconds, none for what is past', () => {
    const clock = new AcceleratedClock({ start: START, speed: 7, epoch: realNow() });
    expect(clock.realMillisUntil(START.subtract({ hours: 1 }))).toBe(0);
    const wait = clock.realMillisUntil(START.add({ minutes: 7 }));
    expect(Number.isInteger(wait)).toBe(true);
    expect(wait).toBeLessThanOrEqual(60_000 + 1);
    expect(wait).toBeGreaterThan(50_000);
  });
});

describe('the fixed clock', () => {
  it('moves only when it is told to', () => {
    const clock = new FixedClock(START);
    expect(clock.now()).toEqual(START);
    clock.advance({ hours: 2 });
    expect(clock.now()).toEqual(START.add({ hours: 2 }));
    clock.set(START);
    expect(clock.now()).toEqual(START);
    expect(clock.speed).toBe(0);
  });

  it('has reached what is past, and lets others look again for what is to come', () => {
    const clock = new FixedClock(START);
    expect(clock.realMillisUntil(START)).toBe(0);
    expect(clock.realMillisUntil(START.add({ hours: 9000 }))).toBe(1000);
  });
});

describe('the system clock', () => {
  it('is the time of the machine', () => {
    const clock = new SystemClock();
    const before = Math.floor(realNow()) - 1000;
    expect(millis(clock.now())).toBeGreaterThan(before);
    expect(millis(clock.now())).toBeLessThan(realNow() + 1000);
    expect(clock.realMillisUntil(clock.now().subtract({ hours: 1 }))).toBe(0);
    expect(clock.realMillisUntil(clock.now().add({ hours: 1 }))).toBeGreaterThan(3_500_000);
  });
});

describe('a speed', () => {
  it.each([
    ['1s', 1],
    ['30m', 1800],
    ['6h', 21_600],
    ['1d', 86_400],
    ['0.5d', 43_200],
  ])('of %s per second is a factor of %d', (text, factor) => {
    expect(parseSpeed(text)).toBe(factor);
  });

  it.each(['', '1', 'd', '0d', '-1d', '1w', '1 day', 'NaNs'])('is refused as %j, with the forms that are known', (text) => {
    expect(() => parseSpeed(text)).toThrow(/is no speed: write business time per second, such as 1d, 6h, 30m or 1s/);
  });
});

describe('the start of business time', () => {
  it('is read on the wall of Hanoi, or as an instant', () => {
    expect(parseClockStart('2020-06-01T07:30')).toEqual(START);
    expect(parseClockStart('2020-06-01T00:30:00Z')).toEqual(START);
    expect(parseClockStart('2020-06-01T07:30:00+07:00')).toEqual(START);
  });

  it.each(['', 'tomorrow', '2020-13-01T07:30', '07:30'])('is refused as %j', (text) => {
    expect(() => parseClockStart(text)).toThrow(/is no start of business time: write 2020-06-01T07:30/);
  });
});

describe('the clock of a process', () => {
  it('is the system clock unless a start is given', () => {
    expect(clockFrom({})).toBeInstanceOf(SystemClock);
    expect(clockFrom({ CLOCK_SPEED: '1d', CLOCK_EPOCH: 0 })).toBeInstanceOf(SystemClock);
  });

  it('is accelerated from its start, at real speed when none is given', () => {
    const clock = clockFrom({ CLOCK_START: '2020-06-01T07:30', CLOCK_SPEED: '1d', CLOCK_EPOCH: realNow() - 1000 });
    expect(clock.speed).toBe(86_400);
    expect(clock.now().since(START).total('hours')).toBeGreaterThanOrEqual(24);
    expect(clockFrom({ CLOCK_START: '2020-06-01T07:30' }).speed).toBe(1);
  });
});
