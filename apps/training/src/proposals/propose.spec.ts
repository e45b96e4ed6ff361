import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { loadWorkingCalendar } from '#calendar';
import { propose, type Proposal } from './propose.js';
import type { Facts, Place, Teacher, WantedClass } from './wanted.js';

const calendar = loadWorkingCalendar(join(import.meta.dirname, '../../../../plans/calendar'));
const on = (day: string) => Temporal.PlainDate.from(day);
const SPECIALITIES = ['du lịch', 'ứng xử văn minh', 'lưu trú', 'tâm lý du khách'];
const DISTRICTS = ['UBND-GIALAM', 'UBND-HADONG', 'UBND-QUOCOAI', 'UBND-SONTAY', 'UBND-TAYHO'];
const two = (number: number): string => String(number).padStart(3, '0');

function wanted(number: number, changes: Partial<WantedClass> = {}): WantedClass {
  return {
    classId: `class-${two(number)}`,
    code: `LOP-${two(number)}`,
    courseId: 'course',
    version: 1,
    district: 'UBND-GIALAM',
    venueId: null,
    places: 70,
    days: 2,
    daysOff: false,
    window: { windowFrom: on('2020-07-01'), windowTo: on('2020-09-30') },
    topics: [0, 1, 2, 3].map((index) => ({ topic: `Chuyên đề ${String(index)}`, speciality: null })),
    ...changes,
  };
}
const venue = (number: number, changes: Partial<Place> = {}): Place => ({
  venueId: `venue-${two(number)}`,
  code: `V-${two(number)}`,
  name: `Nhà văn hóa ${String(number)}`,
  district: 'UBND-GIALAM',
  capacity: 100,
  ...changes,
});
const teacher = (number: number, changes: Partial<Teacher> = {}): Teacher => ({
  trainerId: `trainer-${two(number)}`,
  specialities: SPECIALITIES,
  away: [],
  ...changes,
});
const facts = (changes: Partial<Facts>): Facts => ({
  classes: [wanted(1)],
  places: [venue(1)],
  teachers: [teacher(1)],
  booked: [],
  from: on('2020-07-01'),
  to: null,
  ...changes,
});
const daysOf = (proposal: Proposal) => proposal.placed.map(({ sessions }) => [...new Set(sessions.map(({ day }) => day))]);

/** A hundred classes, thirty venues, forty trainers, a quarter: what an office may have on its table at once. */
function quarter(): Facts {
  return facts({
    classes: Array.from({ length: 100 }, (_, index) =>
      wanted(index, {
        courseId: `course-${String(index % 7)}`,
        district: DISTRICTS[index % 5]!,
        topics: [0, 1, 2, 3].map((topic) => ({ topic: `Chuyên đề ${String(topic)}`, speciality: SPECIALITIES[(index + topic) % 4]! })),
      }),
    ),
    places: Array.from({ length: 30 }, (_, index) => venue(index, { district: DISTRICTS[index % 5]!, capacity: 60 + index * 5 })),
    teachers: Array.from({ length: 40 }, (_, index) =>
      teacher(index, {
        specialities: [SPECIALITIES[index % 4]!, SPECIALITIES[(index + 1) % 4]!],
        away: index % 3 === 0 ? [{ from: '2020-07-20', to: '2020-08-02' }] : [],
      }),
    ),
  });
}

describe('a proposal of days, venues and trainers', () => {
  it('spreads the classes of a course evenly over the working days of its window', () => {
    const proposal = propose(facts({ classes: [1, 2, 3].map((number) => wanted(number)) }), calendar);
    expect(proposal.unplaced).toEqual([]);
    expect(daysOf(proposal)).toEqual([
      ['2020-07-15', '2020-07-16'],
      ['2020-08-14', '2020-08-17'],
      ['2020-09-15', '2020-09-16'],
    ]);
  });

  it('takes the smallest venue of the district that holds the class, or the one that the class is tied to', () => {
    const places = [
      venue(1, { capacity: 500 }),
      venue(2, { capacity: 80 }),
      venue(3, { capacity: 60 }),
      venue(4, { district: 'UBND-TAYHO', capacity: 70 }),
    ];
    expect(propose(facts({ places }), calendar).placed[0]?.place.code).toBe('V-002');
    expect(propose(facts({ places, classes: [wanted(1, { venueId: 'venue-001' })] }), calendar).placed[0]?.place.code).toBe('V-001');
  });

  it('asks as few trainers as it can, and of those who can, who has least to do', () => {
    const topics = ['du lịch', 'lưu trú', 'du lịch', 'lưu trú'].map((speciality) => ({ topic: speciality, speciality }));
    const teachers = [teacher(1, { specialities: ['du lịch'] }), teacher(2, { specialities: ['lưu trú'] }), teacher(3), teacher(4)];
    const booked = [{ venueId: 'elsewhere', trainerId: 'trainer-003', day: '2020-07-02', part: 'morning' as const }];
    const [one] = propose(facts({ classes: [wanted(1, { topics })], teachers, booked }), calendar).placed;
    expect(new Set(one?.sessions.map(({ trainerId }) => trainerId))).toEqual(new Set(['trainer-004']));
    expect(one?.why).toEqual([]);
    const [both] = propose(facts({ classes: [wanted(1, { topics })], teachers: teachers.slice(0, 2) }), calendar).placed;
    expect(both?.sessions.map(({ trainerId }) => trainerId)).toEqual(['trainer-001', 'trainer-002', 'trainer-001', 'trainer-002']);
    expect(both?.why).toEqual([
      expect.objectContaining({ code: 'several-trainers', textEn: '2 trainers, because nobody can teach all sessions' }),
    ]);
  });

  it('says week by week for what nobody or no place can be found', () => {
    const classes = [
      wanted(1, {
        topics: [{ topic: 'Lưu trú', speciality: 'lưu trú' }],
        days: 1,
        window: { windowFrom: on('2020-07-06'), windowTo: on('2020-07-17') },
      }),
    ];
    const nobody = propose(facts({ classes, teachers: [teacher(1, { specialities: ['du lịch'] })] }), calendar);
    expect(nobody.placed).toEqual([]);
    expect(nobody.unplaced[0]?.why.map(({ textEn }) => textEn)).toEqual([
      'Week 28/2020: no trainer with speciality "lưu trú" is free',
      'Week 29/2020: no trainer with speciality "lưu trú" is free',
    ]);
    expect(nobody.unplaced[0]?.why[0]?.text).toBe('Tuần 28/2020: không có giảng viên chuyên môn "lưu trú" còn trống lịch');
    const nowhere = propose(facts({ classes, places: [venue(1, { capacity: 20 })] }), calendar);
    expect(nowhere.unplaced[0]?.why[0]?.textEn).toBe('Week 28/2020: no venue of 70 places is free at UBND-GIALAM');
    const never = propose(facts({ from: on('2020-09-30') }), calendar);
    expect(never.unplaced[0]?.why[0]?.textEn).toBe('Between 30/09/2020 and 30/09/2020 there are not 2 days to hold it on');
  });

  it('gives way to what is booked and to who is away, and says so where it moves for it', () => {
    const free = propose(facts({}), calendar);
    const [meant] = daysOf(free)[0]!;
    const booked = [{ venueId: 'venue-001', trainerId: null, day: meant!, part: 'afternoon' as const }];
    const moved = propose(facts({ booked }), calendar);
    expect(daysOf(moved)[0]).not.toContain(meant);
    expect(moved.placed[0]?.why[0]).toMatchObject({
      code: 'later-or-earlier',
      textEn: expect.stringContaining('no venue of 70 places is free'),
    });
    const away = propose(facts({ teachers: [teacher(1, { away: [{ from: '2020-07-01', to: '2020-09-28' }] })] }), calendar);
    expect(daysOf(away)).toEqual([['2020-09-29', '2020-09-30']]);
  });

  it('never sends a trainer to two venues on one day', () => {
    const day = '2020-07-06';
    const window = { windowFrom: on(day), windowTo: on(day) };
    const half = { days: 1, window, topics: [{ topic: 'Một buổi', speciality: null }] };
    const booked = [{ venueId: 'venue-009', trainerId: 'trainer-001', day, part: 'afternoon' as const }];
    expect(propose(facts({ classes: [wanted(1, half)], booked }), calendar).placed).toEqual([]);
    const there = [{ venueId: 'venue-001', trainerId: 'trainer-001', day, part: 'afternoon' as const }];
    expect(propose(facts({ classes: [wanted(1, half)], booked: there }), calendar).placed).toHaveLength(1);
  });

  it('places 100 classes with 40 trainers and 30 venues within 5 seconds, nothing twice, the same in whatever order the facts come', () => {
    const given = quarter();
    const began = performance.now();
    const proposal = propose(given, calendar);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(proposal.placed).toHaveLength(100);
    const sessions = proposal.placed.flatMap(({ place, sessions: theirs }) => theirs.map((one) => ({ ...one, venueId: place.venueId })));
    const times = (key: 'venueId' | 'trainerId') => new Set(sessions.map((one) => `${one[key]} ${one.day} ${one.part}`)).size;
    expect([times('venueId'), times('trainerId')]).toEqual([400, 400]);
    expect(sessions.filter(({ day }) => !calendar.isWorkingDay(on(day)))).toEqual([]);
    const where = new Map(sessions.map(({ trainerId, day, venueId }) => [`${trainerId} ${day}`, venueId]));
    expect(sessions.filter(({ trainerId, day, venueId }) => where.get(`${trainerId} ${day}`) !== venueId)).toEqual([]);
    for (const turn of [1, 13, 29]) {
      const turned = <T>(list: readonly T[]): T[] => [...list.slice(turn), ...list.slice(0, turn)].reverse();
      expect(
        propose({ ...given, classes: turned(given.classes), places: turned(given.places), teachers: turned(given.teachers) }, calendar),
      ).toEqual(proposal);
    }
  });
});
