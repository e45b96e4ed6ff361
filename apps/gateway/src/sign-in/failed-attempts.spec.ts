import { FailedAttempts } from './failed-attempts.js';

function attempts(addresses = 3) {
  const time = { now: 1000 };
  return { time, failed: new FailedAttempts(() => time.now, { attempts: 2, windowMs: 60_000, addresses }) };
}

describe('failed attempts', () => {
  it('make an address wait until the end of its window, and no other address', () => {
    const { time, failed } = attempts();
    failed.record('a');
    expect(failed.waitFor('a')).toBe(0);
    time.now += 10_000;
    failed.record('a');
    expect(failed.waitFor('a')).toBe(50);
    expect(failed.waitFor('b')).toBe(0);
    time.now += 50_000;
    expect(failed.waitFor('a')).toBe(0);
  });

  it('begin anew after the window', () => {
    const { time, failed } = attempts();
    failed.record('a');
    time.now += 60_000;
    failed.record('a');
    expect(failed.waitFor('a')).toBe(0);
    failed.record('a');
    expect(failed.waitFor('a')).toBe(60);
  });

  it('forget the oldest address rather than grow', () => {
    const { failed } = attempts(2);
    for (const address of ['a', 'a', 'b', 'b', 'c', 'c']) failed.record(address);
    expect(['a', 'b', 'c'].map((address) => failed.waitFor(address))).toEqual([0, 60, 60]);
  });
});
