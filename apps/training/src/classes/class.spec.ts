import { classStates, type ClassState } from '#contracts';
import { after, mustStand, steps, type ClassStep } from './class.js';

const names = Object.keys(steps) as ClassStep[];
const allowed = { enrolled: 50, minSize: 30, capacity: 70, unready: 0, notice: 3, unattended: 0 };
const taken = (step: ClassStep, state: ClassState, facts = allowed) => {
  try {
    return after(step, { code: 'LOP-01', state }, facts);
  } catch (error) {
    expect(error).toMatchObject({ code: 'class-step-refused' });
    return null;
  }
};

describe('the life of a class', () => {
  it('goes from plan to report, step by step', () => {
    const way: ClassStep[] = ['open-nominations', 'close-nominations', 'lock-roster', 'notify', 'begin', 'complete', 'certify', 'report'];
    let state: ClassState = 'planned';
    for (const step of way) state = taken(step, state)!;
    expect(state).toBe('reported');
  });

  it('is postponed or cancelled from every state before it begins, and from none after', () => {
    const before = classStates.filter((state) => taken('cancel', state) !== null);
    expect(before).toEqual(['planned', 'nomination-open', 'nomination-closed', 'roster-locked', 'notified', 'postponed']);
    expect(classStates.filter((state) => taken('postpone', state) !== null)).toEqual(before);
  });

  it('never leaves the table, whatever steps are tried: only known states, nothing after the end but a returned report, no begin that skips the roster', () => {
    let random = 7;
    const next = (n: number) => (random = (random * 1103515245 + 12345) % 2147483648) % n;
    for (let run = 0; run < 500; run++) {
      let state: ClassState = 'planned';
      const seen: ClassState[] = [state];
      for (let step = 0; step < 25; step++) {
        const to = taken(names[next(names.length)]!, state);
        if (to === null) continue;
        expect(classStates).toContain(to);
        expect(state).not.toBe('cancelled');
        // A report that is returned is owed again: the class is certified as before.
        if (state === 'reported') expect(to).toBe('certified');
        state = to;
        seen.push(to);
      }
      const begun = seen.indexOf('in-progress');
      if (begun >= 0) expect(seen.slice(0, begun)).toEqual(expect.arrayContaining(['nomination-open', 'roster-locked']));
    }
  });

  it.each([
    ['lock-roster', 'nomination-closed', { enrolled: 29 }],
    ['lock-roster', 'nomination-closed', { enrolled: 71 }],
    ['lock-roster', 'nomination-closed', { dayless: true }],
    ['lock-roster', 'nomination-closed', { unready: 1 }],
    ['notify', 'roster-locked', { notice: 2 }],
    ['begin', 'roster-locked', { untold: 1 }],
    ['complete', 'in-progress', { unattended: 1 }],
  ] as const)('%s from %s is refused with %o', (step, state, facts) => {
    expect(taken(step, state)).not.toBeNull();
    expect(taken(step, state, { ...allowed, ...facts })).toBeNull();
  });

  it('invites later than three working days before only when it is urgent', () => {
    expect(taken('notify', 'roster-locked', { ...allowed, notice: 1, urgent: true } as typeof allowed)).toBe('notified');
  });

  it('is changed only while it is still to be held on its days', () => {
    const open = classStates.filter((state) => {
      try {
        mustStand({ code: 'LOP-01', state });
        return true;
      } catch {
        return false;
      }
    });
    expect(open).toEqual(['planned', 'nomination-open', 'nomination-closed', 'roster-locked', 'notified']);
  });
});
