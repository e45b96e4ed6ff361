import { Injectable } from '@nestjs/common';
import { mustBeSeen } from '#messaging';
import { CourseRepository } from '../courses/course.repository.js';
import type { Tx } from '../persistence/database.js';
import { BookingRepository } from '../bookings/booking.repository.js';
import type { HeldClass } from './class.js';
import { ClassRepository } from './class.repository.js';
import type { Session } from '../bookings/timetable.js';

/** What every use case of a class has at hand. */
@Injectable()
export class ClassDesk {
  constructor(
    readonly classes: ClassRepository,
    readonly bookings: BookingRepository,
    readonly courses: CourseRepository,
  ) {}

  /**
   * Locks a class, as its caller saw it, with its sessions in order of time.
   * @throws DomainError `class-not-found`, `changed-meanwhile`
   */
  async hold(
    tx: Tx,
    { classId, seenVersion }: { readonly classId: string; readonly seenVersion?: number | undefined },
  ): Promise<{ held: HeldClass; sessions: Session[] }> {
    const held = await this.classes.hold(tx, classId);
    mustBeSeen('class', held, seenVersion);
    return { held, sessions: await this.bookings.of(tx, classId) };
  }
}

/** First day of the sessions, as messages say it. */
export function firstDayOf(sessions: readonly Session[]): string | null {
  return (
    sessions
      .map(({ day }) => day.toString())
      .sort()
      .at(0) ?? null
  );
}
