import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import { DomainError, nameBasedId, type PayloadOf, type planClass, type ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { AgencyRepository } from '../agencies/agency.repository.js';
import { WorkingDays } from '../calendar/working-days.js';
import { mustBeOpen, mustMakeSense, type HeldCourse } from '../courses/course.js';
import type { Tx } from '../persistence/database.js';
import { mustBeUnderWay } from '../tasks/plan-task.js';
import { PlanTaskRepository } from '../tasks/plan-task.repository.js';
import { ClassDesk } from './class-desk.js';
import { mustFit, slotsFrom, topicOf, type Slot } from '../bookings/timetable.js';

/** A class of a course is planned by hand: its days, its place, its sizes (SEED-32). Venue and days are booked in the same transaction. */
@Injectable()
export class PlanClass {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly desk: ClassDesk,
    private readonly agencies: AgencyRepository,
    private readonly tasks: PlanTaskRepository,
    private readonly days: WorkingDays,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `course-not-found`, `course-ended`, `agency-not-found`, `agency-ended`, `size-backwards`, `days-missing`, `class-code-taken`, and
   * what `mustBeUnderWay` of its task, `mustFit` and `BookingRepository.book` refuse
   */
  execute(input: PayloadOf<typeof planClass>, message: Message): Promise<ReplyOf<typeof planClass>> {
    return this.work.once(message, async (tx) => {
      const course = await this.desk.courses.share(tx, input.courseId);
      mustBeOpen(course);
      if (course.taskId !== null) mustBeUnderWay(await this.tasks.read(tx, course.taskId));
      const [at, id] = [this.clock.now(), message.id];
      const today = localDate(at);
      const {
        capacity = course.capacity,
        minSize = Math.min(course.minSize, capacity),
        venueId = null,
        coHost = null,
        daysOff = null,
      } = input;
      mustMakeSense({ capacity, minSize, windowFrom: null, windowTo: null });
      for (const code of [input.district, ...(coHost === null ? [] : [coHost])]) await this.agencies.mustExist(tx, code, today);
      const slots = this.slots(input, course);
      mustFit(slots, { today, window: course, daysOff: daysOff !== null }, this.days.calendar);
      const { code, title, district } = input;
      await this.desk.bookings.mustHaveVenue(tx, venueId);
      await this.desk.classes.create(tx, { id, courseId: course.id, code, title, district, coHost, venueId, capacity, minSize, daysOff });
      const sessions = slots.map((slot, index) => ({
        id: nameBasedId('dondoc', 'session', id, index),
        day: slot.day,
        part: slot.part,
        topic: slot.topic ?? topicOf(index, course.curriculum),
        venueId,
        trainerId: null,
      }));
      await this.desk.bookings.book(tx, id, sessions, { places: capacity });
      const firstDay = slots[0]?.day.toString() ?? null;
      const detail = { courseId: course.id, code, venueId, capacity, firstDay, sessions: sessions.length };
      await this.desk.classes.tell(tx, id, at, 'planned', { reason: daysOff, detail });
      return { classId: id, state: 'planned', firstDay, version: 1, sessions: sessions.map((session) => session.id) };
    });
  }

  /** In order of time. */
  private slots(input: PayloadOf<typeof planClass>, course: HeldCourse): (Slot & { topic?: string | undefined })[] {
    if (input.sessions)
      return input.sessions
        .map(({ day, ...rest }) => ({ day: Temporal.PlainDate.from(day), ...rest }))
        .sort((a, b) => Temporal.PlainDate.compare(a.day, b.day) || (a.part === b.part ? 0 : a.part === 'morning' ? -1 : 1));
    if (input.firstDay)
      return slotsFrom(Temporal.PlainDate.from(input.firstDay), course.daysPerClass, input.daysOff !== undefined, this.days.calendar);
    throw new DomainError('days-missing', 'Say when the class is held: its "firstDay", or its "sessions" one by one.');
  }
}
