import { Temporal } from 'temporal-polyfill';
import type { WorkingCalendar } from '#calendar';
import type { SessionPart } from '#contracts';

/** A class that needs days. */
export interface ClassToPlace {
  readonly classId: string;
  readonly code: string;
  readonly district: string;
  readonly places: number;
  /** The venue that it has already; null: one of its district is found. */
  readonly venueId: string | null;
  /** First and last day on which it may be held, both included. */
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
  /** What is taught, a morning and an afternoon in turn; `speciality` is what the trainer must know. */
  readonly topics: readonly { readonly topic: string; readonly speciality: string | null }[];
}

/** A venue or a trainer, with the half days on which they are not to be had, as `yyyy-mm-dd part`. */
export interface VenueStock {
  readonly venueId: string;
  readonly code: string;
  readonly district: string;
  readonly capacity: number;
  readonly taken: ReadonlySet<string>;
}
export interface TrainerStock {
  readonly trainerId: string;
  readonly specialities: readonly string[];
  readonly taken: ReadonlySet<string>;
}

export interface PlacedClass {
  readonly classId: string;
  readonly class: string;
  readonly venueId: string;
  readonly sessions: readonly { day: string; part: SessionPart; topic: string; speciality: string | null; trainerId: string }[];
  readonly why: string;
}
export interface Proposal {
  readonly placed: PlacedClass[];
  readonly unplaced: { classId: string; class: string; reasons: string[] }[];
}

/** Reasons that a person reads about one class. */
const MOST_REASONS = 10;

interface Books {
  readonly venues: Map<string, Set<string>>;
  readonly trainers: Map<string, Set<string>>;
  /** Sessions of each trainer in this proposal: the least busy is asked first. */
  readonly load: Map<string, number>;
}

/**
 * Days, venue and trainers for classes, one after the other: who has the least room first, each spread over its window and as near to its share of it as
 * possible. Deterministic: neither the clock nor the order of what is given matters. A half day is the unit: a trainer's way fits between a morning and
 * an afternoon (`timesOf`). Pure.
 */
export function propose(
  classes: readonly ClassToPlace[],
  stock: { readonly venues: readonly VenueStock[]; readonly trainers: readonly TrainerStock[] },
  calendar: WorkingCalendar,
): Proposal {
  const venues = stock.venues.toSorted((a, b) => a.capacity - b.capacity || compare(a.code, b.code));
  const trainers = stock.trainers.toSorted((a, b) => compare(a.trainerId, b.trainerId));
  const books: Books = {
    venues: new Map(venues.map((one) => [one.venueId, new Set(one.taken)])),
    trainers: new Map(trainers.map((one) => [one.trainerId, new Set(one.taken)])),
    load: new Map(),
  };
  const ordered = classes.toSorted((a, b) => compare(a.to.toString(), b.to.toString()) || compare(a.code, b.code));
  const workdays = onceEach((of: ClassToPlace) => workingDays(of.from, of.to, calendar));
  const proposal: Proposal = { placed: [], unplaced: [] };
  for (const [index, one] of ordered.entries()) {
    const days = workdays(`${one.from.toString()} ${one.to.toString()}`, one);
    const found = place(one, days, index / Math.max(1, ordered.length), { venues, trainers }, books);
    if ('reasons' in found) proposal.unplaced.push({ classId: one.classId, class: one.code, reasons: found.reasons });
    else proposal.placed.push(found);
  }
  return proposal;
}

function place(
  one: ClassToPlace,
  days: readonly string[],
  share: number,
  stock: { readonly venues: readonly VenueStock[]; readonly trainers: readonly TrainerStock[] },
  books: Books,
): PlacedClass | { reasons: string[] } {
  const length = Math.ceil(one.topics.length / 2);
  const starts = days.length - length + 1;
  if (starts < 1)
    return {
      reasons: [
        `there are ${String(days.length)} working days from ${one.from.toString()} to ${one.to.toString()}, ${String(length)} are needed`,
      ],
    };
  const target = Math.min(starts - 1, Math.floor(share * starts));
  const order = Array.from({ length: starts }, (_, start) => start).sort((a, b) => Math.abs(a - target) - Math.abs(b - target) || a - b);
  const reasons = new Map<string, string>();
  for (const start of order) {
    const slots = one.topics.map((topic, at) => ({
      ...topic,
      day: days[start + Math.floor(at / 2)] ?? '',
      part: at % 2 === 0 ? ('morning' as const) : ('afternoon' as const),
    }));
    const tried = onDays(one, slots, stock, books);
    if (!('missing' in tried)) return tried;
    const week = weekOf(slots[0]?.day ?? '');
    reasons.set(`${week} ${tried.missing}`, `${tried.missing} in week ${week}`);
  }
  return {
    reasons: [...reasons]
      .sort(([a], [b]) => compare(a, b))
      .map(([, text]) => text)
      .slice(0, MOST_REASONS),
  };
}

/** Books a class on these half days, or says what is not free. */
function onDays(
  one: ClassToPlace,
  slots: readonly Wanted[],
  stock: { readonly venues: readonly VenueStock[]; readonly trainers: readonly TrainerStock[] },
  books: Books,
): PlacedClass | { missing: string } {
  const venue = freeVenue(one, slots, stock.venues, books);
  if (!venue)
    return {
      missing: one.venueId === null ? `no venue of ${one.district} with ${String(one.places)} seats free` : 'its venue is not free',
    };
  const taught = teach(slots, stock.trainers, books);
  if ('missing' in taught)
    return { missing: taught.missing === null ? 'no trainer free' : `no trainer with speciality ${taught.missing} free` };
  book(taught.sessions, venue, books);
  const why = `${slots[0]?.day ?? ''} is the working day nearest to its share of the window on which ${venue.code} and trainers are free`;
  return { classId: one.classId, class: one.code, venueId: venue.venueId, sessions: taught.sessions, why };
}

interface Wanted {
  readonly day: string;
  readonly part: SessionPart;
  readonly topic: string;
  readonly speciality: string | null;
}
const keyOf = ({ day, part }: Pick<Wanted, 'day' | 'part'>): string => `${day} ${part}`;

function freeVenue(one: ClassToPlace, slots: readonly Wanted[], venues: readonly VenueStock[], books: Books): VenueStock | undefined {
  return venues.find(
    (venue) =>
      venue.capacity >= one.places &&
      (one.venueId === null ? venue.district === one.district : venue.venueId === one.venueId) &&
      !slots.some((slot) => books.venues.get(venue.venueId)?.has(keyOf(slot))),
  );
}

function teach(
  slots: readonly Wanted[],
  trainers: readonly TrainerStock[],
  books: Books,
): { sessions: (Wanted & { trainerId: string })[] } | { missing: string | null } {
  const mine = new Map<string, number>();
  const loadOf = (id: string) => (books.load.get(id) ?? 0) + (mine.get(id) ?? 0);
  const sessions: (Wanted & { trainerId: string })[] = [];
  for (const slot of slots) {
    let best: TrainerStock | undefined;
    for (const trainer of trainers) {
      if (slot.speciality !== null && !trainer.specialities.includes(slot.speciality)) continue;
      if (books.trainers.get(trainer.trainerId)?.has(keyOf(slot))) continue;
      if (!best || loadOf(trainer.trainerId) < loadOf(best.trainerId)) best = trainer;
    }
    if (!best) return { missing: slot.speciality };
    mine.set(best.trainerId, (mine.get(best.trainerId) ?? 0) + 1);
    sessions.push({ ...slot, trainerId: best.trainerId });
  }
  return { sessions };
}

function book(sessions: readonly (Wanted & { trainerId: string })[], venue: VenueStock, books: Books): void {
  for (const session of sessions) {
    books.venues.get(venue.venueId)?.add(keyOf(session));
    books.trainers.get(session.trainerId)?.add(keyOf(session));
    books.load.set(session.trainerId, (books.load.get(session.trainerId) ?? 0) + 1);
  }
}

/** Working days from one to another, both included. @throws CalendarYearMissingError */
function workingDays(from: Temporal.PlainDate, to: Temporal.PlainDate, calendar: WorkingCalendar): string[] {
  const days: string[] = [];
  for (let day = from; Temporal.PlainDate.compare(day, to) <= 0; day = day.add({ days: 1 }))
    if (calendar.isWorkingDay(day)) days.push(day.toString());
  return days;
}

const weekOf = (day: string): string => String(Temporal.PlainDate.from(day).weekOfYear ?? 0).padStart(2, '0');
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function onceEach<Of>(count: (of: Of) => string[]): (key: string, of: Of) => string[] {
  const known = new Map<string, string[]>();
  return (key, of) => {
    const found = known.get(key) ?? count(of);
    known.set(key, found);
    return found;
  };
}
