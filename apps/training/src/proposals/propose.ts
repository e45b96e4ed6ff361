import { Temporal } from 'temporal-polyfill';
import type { WorkingCalendar } from '#calendar';
import { elsewhen, noDays, obstacles, severalTrainers, type Obstacle, type Reason } from './reasons.js';
import { Taken, type Half } from './taken.js';
import type { Booked, Facts, Place, Teacher, WantedClass } from './wanted.js';

export interface Proposed {
  readonly of: WantedClass;
  readonly place: Place;
  readonly sessions: readonly (Half & { readonly topic: string; readonly trainerId: string })[];
  readonly why: readonly Reason[];
}

export interface Proposal {
  readonly placed: readonly Proposed[];
  readonly unplaced: readonly { readonly of: WantedClass; readonly why: readonly Reason[] }[];
}

/** Days after the first that are looked at where no window ends before. */
const AT_MOST = { days: 365 };
const PARTS = ['morning', 'afternoon'] as const;

/** A class with the days that it may be held on, and the first day that would spread its course evenly. */
interface Candidate {
  readonly of: WantedClass;
  /** ISO dates in order. */
  readonly days: readonly string[];
  readonly bounds: readonly [from: string, to: string];
  /** Index of a first day. */
  readonly meant: number;
}

const byCode = (a: { readonly code: string }, b: { readonly code: string }): number => (a.code < b.code ? -1 : 1);

/**
 * Places classes one after the other, those with the fewest days to choose from first: at the free day that is nearest to an even spread of their course, in
 * the smallest venue that holds them, with as few trainers as can be and those who have least to do. Pure: the same facts in any order give the same.
 * @throws CalendarYearMissingError when it must look at a year that the calendar does not have
 */
export function propose(facts: Facts, calendar: WorkingCalendar): Proposal {
  const taken = new Taken(facts.booked);
  const places = [...facts.places].sort((a, b) => a.capacity - b.capacity || byCode(a, b));
  const teachers = [...facts.teachers].sort((a, b) => (a.trainerId < b.trainerId ? -1 : 1));
  const placed: Proposed[] = [];
  const unplaced: Proposal['unplaced'][number][] = [];
  for (const candidate of inOrder(facts, calendar)) {
    const found = place(candidate, places, teachers, taken);
    if ('place' in found) {
      for (const session of found.sessions) taken.take({ ...session, venueId: found.place.venueId } satisfies Booked);
      placed.push(found);
    } else unplaced.push(found);
  }
  return { placed: placed.sort((a, b) => byCode(a.of, b.of)), unplaced: unplaced.sort((a, b) => byCode(a.of, b.of)) };
}

function inOrder({ classes, from, to }: Facts, calendar: WorkingCalendar): Candidate[] {
  const siblings = new Map<string, WantedClass[]>();
  for (const one of [...classes].sort(byCode)) siblings.set(one.courseId, [...(siblings.get(one.courseId) ?? []), one]);
  const candidates = [...siblings.values()].flatMap((course) =>
    course.map((of, index) => {
      const bounds = boundsOf(of, from, to);
      const days = daysBetween(bounds, of.daysOff ? null : calendar);
      const starts = Math.max(0, days.length - of.days + 1);
      return {
        of,
        days,
        bounds: [bounds[0].toString(), bounds[1].toString()] as const,
        meant: Math.floor(((index + 0.5) * starts) / course.length),
      };
    }),
  );
  return candidates.sort((a, b) => a.days.length - b.days.length || byCode(a.of, b.of));
}

function boundsOf({ window }: WantedClass, from: Temporal.PlainDate, to: Temporal.PlainDate | null) {
  const { windowFrom, windowTo } = window;
  const first = windowFrom !== null && Temporal.PlainDate.compare(windowFrom, from) > 0 ? windowFrom : from;
  const end = to ?? windowTo ?? first.add(AT_MOST);
  const last = windowTo !== null && Temporal.PlainDate.compare(windowTo, end) < 0 ? windowTo : end;
  return [first, last] as const;
}

/** Days on which a session may be, both ends included: all, or the working days of a calendar. */
function daysBetween([from, to]: readonly [Temporal.PlainDate, Temporal.PlainDate], calendar: WorkingCalendar | null): string[] {
  const days: string[] = [];
  for (let day = from; Temporal.PlainDate.compare(day, to) <= 0; day = day.add({ days: 1 }))
    if (calendar === null || calendar.isWorkingDay(day)) days.push(day.toString());
  return days;
}

function place(
  candidate: Candidate,
  places: readonly Place[],
  teachers: readonly Teacher[],
  taken: Taken,
): Proposed | Proposal['unplaced'][number] {
  const { of, days, meant } = candidate;
  const last = days.length - of.days;
  if (last < 0) return { of, why: [noDays(...candidate.bounds, of.days)] };
  const fitting = places.filter(({ venueId, district, capacity }) =>
    of.venueId === null ? district === of.district && capacity >= of.places : venueId === of.venueId,
  );
  const met = new Map<string, Obstacle>();
  for (const start of outwards(meant, last)) {
    const halves = days
      .slice(start, start + of.days)
      .flatMap((day) => PARTS.map((part) => ({ day, part })))
      .slice(0, of.topics.length);
    const found = at(of, halves, fitting, teachers, taken);
    if (!('kind' in found)) return { of, ...found, why: [...whyNot(candidate, met), ...whyThem(found.sessions)] };
    met.set(days[start] ?? '', found);
  }
  return { of, why: obstacles(met, of) };
}

/** Indexes from 0 to `last`, nearest to `meant` first, the later of two that are as near. */
function outwards(meant: number, last: number): number[] {
  return Array.from({ length: last + 1 }, (_, index) => index).sort((a, b) => Math.abs(a - meant) - Math.abs(b - meant) || b - a);
}

function at(
  of: WantedClass,
  halves: readonly Half[],
  places: readonly Place[],
  teachers: readonly Teacher[],
  taken: Taken,
): Pick<Proposed, 'place' | 'sessions'> | Obstacle {
  const free = places.filter((one) => taken.isFree(one, halves));
  if (free.length === 0) return { kind: 'venue' };
  let missing: Obstacle = { kind: 'trainer', speciality: null };
  for (const one of free) {
    const found = staffed(of, halves, one.venueId, teachers, taken);
    if (!('kind' in found)) return { place: one, sessions: found };
    missing = found;
  }
  return missing;
}

/** Who teaches each session at a venue, or what nobody can be found for. */
function staffed(
  of: WantedClass,
  halves: readonly Half[],
  venueId: string,
  teachers: readonly Teacher[],
  taken: Taken,
): Proposed['sessions'] | Obstacle {
  const able = halves.map((half, index) => {
    const speciality = of.topics[index]?.speciality ?? null;
    return teachers.filter((one) => (speciality === null || one.specialities.includes(speciality)) && taken.isToBeHad(one, half, venueId));
  });
  const nobody = able.findIndex((them) => them.length === 0);
  if (nobody >= 0) return { kind: 'trainer', speciality: of.topics[nobody]?.speciality ?? null };
  const chosen = new Map<number, string>();
  while (chosen.size < halves.length) {
    const open = halves.map((_, index) => index).filter((index) => !chosen.has(index));
    const most = teachers
      .map(({ trainerId }) => ({ trainerId, sessions: open.filter((index) => able[index]?.some((one) => one.trainerId === trainerId)) }))
      .reduce((best, one) =>
        one.sessions.length > best.sessions.length ||
        (one.sessions.length === best.sessions.length && taken.load(one.trainerId) < taken.load(best.trainerId))
          ? one
          : best,
      );
    for (const index of most.sessions) chosen.set(index, most.trainerId);
  }
  return halves.map((half, index) => ({ ...half, topic: of.topics[index]?.topic ?? '', trainerId: chosen.get(index) ?? '' }));
}

function whyNot({ of, days, meant }: Candidate, met: ReadonlyMap<string, Obstacle>): Reason[] {
  const day = days[meant];
  const obstacle = day === undefined ? undefined : met.get(day);
  return day === undefined || obstacle === undefined ? [] : [elsewhen(day, obstacle, of)];
}

function whyThem(sessions: Proposed['sessions']): Reason[] {
  const count = new Set(sessions.map(({ trainerId }) => trainerId)).size;
  return count > 1 ? [severalTrainers(count)] : [];
}
