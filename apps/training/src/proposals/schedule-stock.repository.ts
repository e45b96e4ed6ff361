import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { dateToPlain, plainToDate } from '#calendar';
import { DomainError } from '#contracts';
import { standing } from '../classes/class.js';
import { Database } from '../persistence/database.js';
import type { TrainerStock, VenueStock } from './propose.js';

const keyOf = ({ date, part }: { readonly date: Date; readonly part: string }): string => `${dateToPlain(date).toString()} ${part}`;

/** What there is to plan with: classes without days, venues in use, trainers who teach, and when they are not to be had. */
@Injectable()
export class ScheduleStock {
  constructor(private readonly database: Database) {}

  /** The course, and those of its classes that are still to be held and have no days. @throws DomainError `course-not-found` */
  async classes(courseId: string, classId: string | undefined) {
    const course = await this.database.course.findUnique({ where: { id: courseId } });
    if (!course) throw new DomainError('course-not-found', `There is no course ${courseId}. GET /api/v1/courses lists them.`);
    const classes = await this.database.trainingClass.findMany({
      where: { courseId, state: { in: [...standing] }, sessions: { none: {} }, ...(classId === undefined ? {} : { id: classId }) },
      orderBy: { code: 'asc' },
    });
    const window = { from: course.windowFrom && dateToPlain(course.windowFrom), to: course.windowTo && dateToPlain(course.windowTo) };
    return { course, window, classes };
  }

  /** Venues and trainers with the half days from a day on, to another, on which they are booked or away. */
  async stock(from: Temporal.PlainDate, to: Temporal.PlainDate): Promise<{ venues: VenueStock[]; trainers: TrainerStock[] }> {
    const within = { gte: plainToDate(from), lte: plainToDate(to) };
    const sessions = { where: { active: true, date: within }, select: { date: true, part: true } } as const;
    const venues = await this.database.venue.findMany({ where: { retired: false }, include: { sessions } });
    const trainers = await this.database.trainer.findMany({
      where: { active: true },
      include: { sessions, absences: { where: { fromOn: { lte: within.lte }, toOn: { gte: within.gte } } } },
    });
    return {
      venues: venues.map(({ id: venueId, ...venue }) => ({ ...venue, venueId, taken: new Set(venue.sessions.map(keyOf)) })),
      trainers: trainers.map((trainer) => ({
        trainerId: trainer.id,
        specialities: trainer.specialities,
        taken: new Set([
          ...trainer.sessions.map(keyOf),
          ...trainer.absences.flatMap((away) => halfDays(latest(dateToPlain(away.fromOn), from), earliest(dateToPlain(away.toOn), to))),
        ]),
      })),
    };
  }
}

function halfDays(from: Temporal.PlainDate, to: Temporal.PlainDate): string[] {
  const { days } = from.until(to);
  return Array.from({ length: days + 1 }, (_, index) => from.add({ days: index }).toString()).flatMap((day) => [
    `${day} morning`,
    `${day} afternoon`,
  ]);
}

const latest = (a: Temporal.PlainDate, b: Temporal.PlainDate) => (a.toString() > b.toString() ? a : b);
const earliest = (a: Temporal.PlainDate, b: Temporal.PlainDate) => (a.toString() < b.toString() ? a : b);
