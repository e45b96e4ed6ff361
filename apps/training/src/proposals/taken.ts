import type { SessionPart } from '#contracts';
import type { Booked, Place, Teacher } from './wanted.js';

/** A half day. `day` is an ISO date. */
export interface Half {
  readonly day: string;
  readonly part: SessionPart;
}

const NOWHERE = '';

/**
 * Who and what is taken at which half days, while a proposal grows. A trainer is at one venue a day: there is no way between two that is surely short enough.
 */
export class Taken {
  private readonly venues = new Set<string>();
  private readonly trainers = new Set<string>();
  /** Where a trainer is on a day. */
  private readonly whereabouts = new Map<string, string>();
  private readonly loads = new Map<string, number>();

  constructor(booked: readonly Booked[]) {
    for (const one of booked) this.take(one);
  }

  take({ venueId, trainerId, day, part }: Booked): void {
    if (venueId !== null) this.venues.add(`${venueId} ${day} ${part}`);
    if (trainerId === null) return;
    this.trainers.add(`${trainerId} ${day} ${part}`);
    this.whereabouts.set(`${trainerId} ${day}`, venueId ?? NOWHERE);
    this.loads.set(trainerId, this.load(trainerId) + 1);
  }

  isFree({ venueId }: Place, halves: readonly Half[]): boolean {
    return halves.every(({ day, part }) => !this.venues.has(`${venueId} ${day} ${part}`));
  }

  isToBeHad({ trainerId, away }: Teacher, { day, part }: Half, venueId: string): boolean {
    if (this.trainers.has(`${trainerId} ${day} ${part}`)) return false;
    const where = this.whereabouts.get(`${trainerId} ${day}`);
    if (where !== undefined && where !== venueId) return false;
    return !away.some(({ from, to }) => from <= day && day <= to);
  }

  /** Sessions that a trainer has. */
  load(trainerId: string): number {
    return this.loads.get(trainerId) ?? 0;
  }
}
