import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import type { PayloadOf, proposeSchedule, ReplyOf } from '#contracts';
import { topicOf } from '../bookings/timetable.js';
import { WorkingDays } from '../calendar/working-days.js';
import { propose } from './propose.js';
import { ScheduleStock } from './schedule-stock.repository.js';

/** Working days from today to the first that is proposed: time to nominate, to lock the roster and to invite. An assumption. */
const LEAD = 10;

/** Proposes when, where and by whom classes without days are held. Reads only. */
@Injectable()
export class ProposeSchedule {
  constructor(
    private readonly stock: ScheduleStock,
    private readonly days: WorkingDays,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `course-not-found` @throws CalendarYearMissingError */
  async execute(ask: PayloadOf<typeof proposeSchedule>): Promise<ReplyOf<typeof proposeSchedule>> {
    const { course, window, classes } = await this.stock.classes(ask.courseId, ask.classId);
    const today = localDate(this.clock.now());
    const first = ask.from === undefined ? this.days.calendar.addWorkingDays(today, LEAD) : later(Temporal.PlainDate.from(ask.from), today);
    const from = window.from ? later(window.from, first) : first;
    // Without a last day the rest of the year is looked at.
    const to = window.to ?? Temporal.PlainDate.from({ year: from.year, month: 12, day: 31 });
    const curriculum = course.curriculum as { topic: string; periods: number; speciality?: string }[];
    const topics = Array.from({ length: course.daysPerClass * 2 }, (_, index) => {
      const topic = topicOf(index, curriculum);
      return { topic, speciality: curriculum.find((one) => one.topic === topic)?.speciality ?? null };
    });
    const versions = new Map(classes.map((one) => [one.id, one.version]));
    const { placed, unplaced } = propose(
      classes.map(({ id, code, district, capacity, venueId }) => ({
        classId: id,
        code,
        district,
        places: capacity,
        venueId,
        from,
        to,
        topics,
      })),
      await this.stock.stock(from, later(from, to)),
      this.days.calendar,
    );
    return {
      placed: placed.map((one) => ({ ...one, sessions: [...one.sessions], version: versions.get(one.classId) ?? 1 })),
      unplaced,
    };
  }
}

const later = (a: Temporal.PlainDate, b: Temporal.PlainDate) => (Temporal.PlainDate.compare(a, b) > 0 ? a : b);
