import { deltaOf, digestOf, type RosterFacts } from './roster.js';

const session = (sessionId: string, trainerId: string | null, day = '2020-07-07') => ({
  sessionId,
  day,
  part: 'morning' as const,
  topic: 'Tổng quan',
  trainerId,
});
const roster = (enrolmentIds: string[], facts: Partial<RosterFacts> = {}) => ({
  enrolmentIds,
  facts: { venueId: 'v', sessions: [session('b', 't'), session('a', null)], ...facts },
});
const before = roster(['1', '2', '3']);

describe('a roster', () => {
  it('is the same in whatever order people are listed, and another with other people, place, times or trainers', () => {
    expect(digestOf(roster(['3', '1', '2']))).toBe(digestOf(before));
    const others = [
      roster(['1', '2']),
      roster(['1', '2', '3'], { venueId: null }),
      roster(['1', '2', '3'], { sessions: [session('b', 't')] }),
      roster(['1', '2', '3'], { sessions: [session('b', 'u'), session('a', null)] }),
    ];
    expect(new Set([before, ...others].map(digestOf)).size).toBe(5);
  });

  it.each([
    ['nothing', before, { joined: 0, left: 0, changed: [] }],
    ['people', roster(['2', '4', '5']), { joined: 2, left: 2, changed: [] }],
    ['the venue', roster(['1', '2', '3'], { venueId: 'w' }), { joined: 0, left: 0, changed: ['venue'] }],
    [
      'a day',
      roster(['1', '2', '3'], { sessions: [session('b', 't', '2020-07-08'), session('a', null)] }),
      { joined: 0, left: 0, changed: ['sessions'] },
    ],
    [
      'a trainer',
      roster(['1', '2', '3'], { sessions: [session('b', 't'), session('a', 'u')] }),
      { joined: 0, left: 0, changed: ['trainers'] },
    ],
  ])('says how it is different from the one before: %s', (_what, now, delta) => {
    expect(deltaOf(before, now)).toEqual(delta);
  });
});
