import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { loadWorkingCalendar } from '#calendar';
import { propose, type ClassToPlace, type TrainerStock, type VenueStock } from './propose.js';

const calendar = loadWorkingCalendar(join(import.meta.dirname, '../../../../plans/calendar'));
const day = (text: string) => Temporal.PlainDate.from(text);
const id = (kind: string, at: number) => `${kind}-${String(at).padStart(3, '0')}`;

const SPECIALITIES = ['a', 'b', 'c', 'd'];
const topics = SPECIALITIES.map((speciality) => ({ topic: `Chuyên đề ${speciality}`, speciality }));
const aClass = (at: number, more: Partial<ClassToPlace> = {}): ClassToPlace => ({
  classId: id('class', at),
  code: id('LOP', at),
  district: `D${String(at % 10)}`,
  places: 70,
  venueId: null,
  from: day('2020-07-01'),
  to: day('2020-09-30'),
  topics,
  ...more,
});
const aVenue = (at: number, more: Partial<VenueStock> = {}): VenueStock => ({
  venueId: id('venue', at),
  code: id('DD', at),
  district: `D${String(at % 10)}`,
  capacity: 70 + at,
  taken: new Set(),
  ...more,
});
const aTrainer = (at: number, more: Partial<TrainerStock> = {}): TrainerStock => ({
  trainerId: id('trainer', at),
  specialities: [SPECIALITIES[at % 4]!, SPECIALITIES[(at + 1) % 4]!],
  taken: new Set(),
  ...more,
});
const many = <One>(count: number, make: (at: number) => One) => Array.from({ length: count }, (_, at) => make(at));

describe('a proposal of days, venues and trainers', () => {
  it('places 100 classes with 40 trainers and 30 venues within 5 seconds, books nothing twice and spreads the load', () => {
    const trainers = many(40, aTrainer);
    const venues = many(30, aVenue);
    const started = performance.now();
    const { placed, unplaced } = propose(many(100, aClass), { venues, trainers }, calendar);
    expect(performance.now() - started).toBeLessThan(5000);
    expect([placed.length, unplaced]).toEqual([100, []]);
    const seen = placed.flatMap((one) =>
      one.sessions.flatMap(({ day: on, part, trainerId }) => [`${one.venueId} ${on} ${part}`, `${trainerId} ${on} ${part}`]),
    );
    expect(new Set(seen).size).toBe(800);
    for (const one of placed)
      for (const session of one.sessions) {
        expect(calendar.isWorkingDay(day(session.day))).toBe(true);
        expect(trainers.find(({ trainerId }) => trainerId === session.trainerId)?.specialities).toContain(session.speciality);
      }
    const load = trainers.map(
      ({ trainerId }) => placed.flatMap((one) => one.sessions).filter((session) => session.trainerId === trainerId).length,
    );
    expect(Math.max(...load) - Math.min(...load)).toBeLessThan(8);
    const months = new Set(placed.map((one) => one.sessions[0]!.day.slice(0, 7)));
    expect([...months].sort()).toEqual(['2020-07', '2020-08', '2020-09']);
  });

  it('is the same on each run and in any order of what is given', () => {
    const [classes, venues, trainers] = [many(30, aClass), many(12, aVenue), many(9, aTrainer)];
    const one = propose(classes, { venues, trainers }, calendar);
    const other = propose(classes.toReversed(), { venues: venues.toReversed(), trainers: trainers.toReversed() }, calendar);
    expect(other).toEqual(one);
  });

  it('keeps the venue of the class, else takes the smallest of its district that holds it and is free', () => {
    const venues = [aVenue(1, { capacity: 69 }), aVenue(11, { capacity: 100 }), aVenue(21, { capacity: 80 }), aVenue(2, { capacity: 75 })];
    const stock = { venues, trainers: many(4, aTrainer) };
    const place = (more: Partial<ClassToPlace> = {}) => propose([aClass(1, more)], stock, calendar).placed[0]?.venueId;
    expect(place()).toBe('venue-021');
    expect(place({ venueId: 'venue-002' })).toBe('venue-002');
  });

  it('goes round what is booked and who is away, and says which trainer or venue is missing, and in which week', () => {
    const week = { from: day('2020-07-06'), to: day('2020-07-10') };
    const stock = { venues: many(10, aVenue), trainers: many(4, aTrainer) };
    const busy = new Set(['2020-07-06 morning']);
    const moved = propose([aClass(1, week)], { ...stock, trainers: many(4, (at) => aTrainer(at, { taken: busy })) }, calendar);
    expect(moved.placed[0]?.sessions.map((one) => one.day)).toEqual(['2020-07-07', '2020-07-07', '2020-07-08', '2020-07-08']);
    const only = (speciality: string) => ({ ...stock, trainers: [aTrainer(0, { specialities: [speciality] })] });
    expect(propose([aClass(1, week)], only('b'), calendar).unplaced).toEqual([
      { classId: 'class-001', class: 'LOP-001', reasons: ['no trainer with speciality a free in week 28'] },
    ]);
    expect(propose([aClass(1, { ...week, places: 500 })], stock, calendar).unplaced[0]?.reasons).toEqual([
      'no venue of D1 with 500 seats free in week 28',
    ]);
    expect(propose([aClass(1, { ...week, to: week.from })], stock, calendar).unplaced[0]?.reasons).toEqual([
      'there are 1 working days from 2020-07-06 to 2020-07-06, 2 are needed',
    ]);
  });
});
