import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { dateToPlain, plainToDate } from '#calendar';
import type { SessionPart } from '#contracts';
import { topicOf } from '../bookings/timetable.js';
import { Database } from '../persistence/database.js';
import type { Booked, Facts, WantedClass } from './wanted.js';

interface Topic {
  readonly topic: string;
  readonly periods: number;
  readonly speciality?: string;
}

/** Half days of a day of training. */
const HALVES = 2;

@Injectable()
export class ProposalRepository {
  constructor(private readonly database: Database) {}

  /** All that a proposal follows from, as it is now. @param from first day that is looked at */
  async facts(courseId: string | undefined, from: Temporal.PlainDate): Promise<Omit<Facts, 'from' | 'to'>> {
    const [classes, places, teachers, booked] = await Promise.all([
      this.classes(courseId),
      this.database.venue.findMany({ where: { retired: false } }),
      this.teachers(from),
      this.booked(from),
    ]);
    return { classes, places: places.map(({ id, ...venue }) => ({ ...venue, venueId: id })), teachers, booked };
  }

  private async classes(courseId: string | undefined): Promise<WantedClass[]> {
    const rows = await this.database.trainingClass.findMany({
      where: { state: 'planned', sessions: { none: {} }, course: { state: 'open' }, ...(courseId === undefined ? {} : { courseId }) },
      include: { course: true },
    });
    return rows.map(({ id, course, daysOff, capacity, ...row }) => {
      const curriculum = course.curriculum as unknown as readonly Topic[];
      return {
        ...row,
        classId: id,
        places: capacity,
        days: course.daysPerClass,
        daysOff: daysOff !== null,
        window: {
          windowFrom: course.windowFrom && dateToPlain(course.windowFrom),
          windowTo: course.windowTo && dateToPlain(course.windowTo),
        },
        topics: Array.from({ length: course.daysPerClass * HALVES }, (_, index) => {
          const topic = topicOf(index, curriculum);
          return { topic, speciality: curriculum.find((one) => one.topic === topic)?.speciality ?? null };
        }),
      };
    });
  }

  private async teachers(from: Temporal.PlainDate): Promise<Facts['teachers']> {
    const rows = await this.database.trainer.findMany({
      where: { active: true },
      include: { absences: { where: { toOn: { gte: plainToDate(from) } } } },
    });
    return rows.map(({ id, specialities, absences }) => ({
      trainerId: id,
      specialities,
      away: absences.map(({ fromOn, toOn }) => ({ from: dateToPlain(fromOn).toString(), to: dateToPlain(toOn).toString() })),
    }));
  }

  private async booked(from: Temporal.PlainDate): Promise<Booked[]> {
    const rows = await this.database.classSession.findMany({
      where: { active: true, date: { gte: plainToDate(from) } },
      select: { venueId: true, trainerId: true, date: true, part: true },
    });
    return rows.map(({ date, part, ...row }) => ({ ...row, day: dateToPlain(date).toString(), part: part as SessionPart }));
  }
}
