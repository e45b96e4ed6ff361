import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { localDate } from '#calendar';
import { DomainError, nameBasedId, type ReplyOf, type scheduleClass } from '#contracts';
import { mustFit, slotsFrom, topicOf, type Session, type Slot } from '../bookings/timetable.js';
import { WorkingDays } from '../calendar/working-days.js';
import { ClassDesk, firstDayOf } from '../classes/class-desk.js';
import { mustStand, type HeldClass } from '../classes/class.js';
import type { Tx } from '../persistence/database.js';

/** A session as it is asked for. */
interface AskedSession {
  /** ISO date. */
  readonly day: string;
  readonly part: Slot['part'];
  readonly topic?: string | undefined;
  readonly trainerId: string | null;
}

/** How the days of a class without any are set: by hand, or as a proposal that was confirmed. */
@Injectable()
export class SessionPlan {
  constructor(
    readonly desk: ClassDesk,
    private readonly days: WorkingDays,
  ) {}

  /**
   * In the caller's transaction, with the class held. Books the venue and whoever is named for each session.
   * @param key unique for this setting: session ids follow from it and are never used again
   * @throws DomainError `class-not-standing`, `class-scheduled`, and what `mustFit` and `BookingRepository.book` refuse
   */
  async set(
    tx: Tx,
    { held, sessions }: { held: HeldClass; sessions: readonly Session[] },
    asked: { readonly sessions: readonly AskedSession[]; readonly venueId: string | null },
    at: Temporal.Instant,
    key: string,
  ): Promise<ReplyOf<typeof scheduleClass>> {
    mustStand(held);
    mustHaveNone(held, sessions);
    const course = await this.desk.courses.read(tx, held.courseId);
    const slots = asked.sessions.map((one) => ({ ...one, day: Temporal.PlainDate.from(one.day) })).sort(inTime);
    mustFit(slots, { today: localDate(at), window: course, daysOff: held.daysOff !== null }, this.days.calendar);
    const { venueId } = asked;
    const set = slots.map(({ day, part, trainerId, topic }, index) => ({
      id: nameBasedId('dondoc', 'session', key, held.id, index),
      day,
      part,
      topic: topic ?? topicOf(index, course.curriculum),
      venueId,
      trainerId,
    }));
    await this.desk.bookings.mustHaveVenue(tx, venueId);
    const version = await this.desk.classes.change(tx, held.id, { venueId });
    await this.desk.bookings.book(tx, held.id, set, { places: held.capacity, trainers: true });
    const firstDay = firstDayOf(set);
    await this.desk.classes.tell(tx, held.id, at, 'scheduled', { detail: { firstDay, venueId, sessions: set.length } });
    return { classId: held.id, state: held.state, firstDay, version, sessions: set.map(({ id }) => id) };
  }

  /** A morning and an afternoon of each working day from a first day on, as many days as the course says. */
  async from(tx: Tx, held: HeldClass, firstDay: string): Promise<AskedSession[]> {
    const { daysPerClass } = await this.desk.courses.read(tx, held.courseId);
    const slots = slotsFrom(Temporal.PlainDate.from(firstDay), daysPerClass, held.daysOff !== null, this.days.calendar);
    return slots.map(({ day, part }) => ({ day: day.toString(), part, trainerId: null }));
  }
}

function mustHaveNone({ code }: HeldClass, sessions: readonly Session[]): void {
  if (sessions.length === 0) return;
  throw new DomainError('class-scheduled', `Class ${code} has its days already. Move its sessions, or postpone it by a decision.`, [
    { firstDay: firstDayOf(sessions) },
  ]);
}

function inTime(a: Slot, b: Slot): number {
  return Temporal.PlainDate.compare(a.day, b.day) || (a.part === b.part ? 0 : a.part === 'morning' ? -1 : 1);
}
