import { classStates, enrolmentStates } from '#contracts';
import { mustBeOpenFor, mustBeWithdrawable, SeatPlan, type Seats, type Waiting } from './enrolment.js';

const quotas = (seats: Record<string, Partial<Seats>>) =>
  new Map(Object.entries(seats).map(([agency, one]) => [agency, { seats: 0, leaderSeats: 0, leaders: 0, others: 0, ...one }]));
const waits = (id: string, changes: Partial<Waiting> = {}): Waiting => ({
  id,
  agency: id.charAt(0),
  leader: false,
  free: true,
  ...changes,
});
const code = (work: () => void): unknown => {
  try {
    work();
    return null;
  } catch (error) {
    return (error as { code: unknown }).code;
  }
};

describe('a seat', () => {
  it('is there while the quota has one, and then while the class has a place', () => {
    const plan = new SeatPlan(3, 1, quotas({ A: { seats: 2 }, B: { seats: 9 } }), true);
    expect(['A', 'A', 'B', 'A', 'C'].map((agency) => plan.take(agency, false))).toEqual([
      null,
      null,
      'class-full',
      'quota-full',
      'quota-full',
    ]);
  });

  it('is kept for leaders while nominations are open, and leaders may have any', () => {
    const given = quotas({ A: { seats: 3, leaderSeats: 2 } });
    const open = new SeatPlan(9, 0, given, true);
    expect([false, false, true, true, true].map((leader) => open.take('A', leader))).toEqual([
      null,
      'leader-seats',
      null,
      null,
      'quota-full',
    ]);
    const closed = new SeatPlan(9, 0, given, false);
    expect([false, false, false, false].map((leader) => closed.take('A', leader))).toEqual([null, null, null, 'quota-full']);
    const led = new SeatPlan(9, 0, given, true);
    expect([true, true, true, false].map((leader) => led.take('A', leader))).toEqual([null, null, null, 'quota-full']);
  });
});

describe('who moves up', () => {
  const given = quotas({ A: { seats: 2 }, B: { seats: 2 } });
  const waiting = [waits('B1'), waits('A1'), waits('B2'), waits('A2')];
  it.each([
    ['first of the agency that withdrew, while nominations are open', 1, true, 'A', ['A1']],
    ['then by time', 3, true, 'A', ['A1', 'A2', 'B1']],
    ['by time alone after they are closed', 1, false, 'A', ['B1']],
    ['by time when no agency withdrew', 2, true, null, ['B1', 'A1']],
    ['nobody while there is no place', 0, true, 'A', []],
    ['all that quotas allow', 9, true, null, ['B1', 'A1', 'B2', 'A2']],
  ] as const)('is: %s', (_, places, open, freedBy, ids) => {
    expect(new SeatPlan(places, 0, given, open).moveUp(waiting, freedBy)).toEqual(ids);
  });

  it('passes over whoever is elsewhere at that time, and whose agency has no room', () => {
    const here = [waits('B1', { free: false }), waits('B2'), waits('B3'), waits('A1')];
    expect(new SeatPlan(9, 0, quotas({ A: { seats: 1 }, B: { seats: 1 } }), false).moveUp(here, 'B')).toEqual(['B2', 'A1']);
  });
});

describe('a nomination', () => {
  it('is taken while they are open, and late with a reason until the roster is locked', () => {
    const taken = (late?: string) =>
      classStates.filter(
        (state) =>
          code(() => {
            mustBeOpenFor({ code: 'LOP-01', state }, late);
          }) === null,
      );
    expect(taken()).toEqual(['nomination-open']);
    expect(taken('Bổ sung')).toEqual(['nomination-open', 'nomination-closed']);
    expect(
      code(() => {
        mustBeOpenFor({ code: 'LOP-01', state: 'nomination-closed' }, undefined);
      }),
    ).toBe('nominations-closed');
  });

  it('is withdrawn while it stands and its class has not begun', () => {
    const held = { id: 'e', classId: 'c', traineeId: 't', agency: 'A', version: 1 };
    const tried = (state: (typeof enrolmentStates)[number], of: (typeof classStates)[number]) =>
      code(() => {
        mustBeWithdrawable({ ...held, state }, { code: 'LOP-01', state: of });
      });
    expect(enrolmentStates.filter((state) => tried(state, 'notified') === null)).toEqual(['waiting', 'enrolled']);
    expect(classStates.filter((of) => tried('enrolled', of) === 'class-begun')).toEqual([
      'in-progress',
      'completed',
      'certified',
      'reported',
      'cancelled',
    ]);
  });
});
