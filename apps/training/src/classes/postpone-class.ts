import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import type { PayloadOf, postponeClass, ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { WorkingDays } from '../calendar/working-days.js';
import type { Tx } from '../persistence/database.js';
import { ClassDesk, firstDayOf } from './class-desk.js';
import { after } from './class.js';
import { mustFit, movedTo } from '../bookings/timetable.js';

/**
 * A class is not held on its days, by a decision. With a new first day its sessions move with it and everything that is booked follows, or nothing does and
 * the refusal says what collides; without, bookings are given back and the same command sets the days later.
 */
@Injectable()
export class PostponeClass {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly desk: ClassDesk,
    private readonly days: WorkingDays,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `class-not-found`, `changed-meanwhile`, `class-step-refused`, and what `mustFit` and `BookingRepository.book` refuse */
  execute(input: PayloadOf<typeof postponeClass>, message: Message): Promise<ReplyOf<typeof postponeClass>> {
    return this.work.once(message, async (tx) => {
      const { held, sessions } = await this.desk.hold(tx, input);
      const postponed = after('postpone', held);
      const [at, { decision, reason }] = [this.clock.now(), input];
      await this.desk.bookings.free(tx, held.id);
      if (input.firstDay === undefined) {
        const version = await this.desk.classes.change(tx, held.id, { state: postponed, decision, reason, urgent: null });
        await this.desk.classes.tell(tx, held.id, at, 'postponed', { reason, detail: { decision, from: firstDayOf(sessions), to: null } });
        return { classId: held.id, state: postponed, firstDay: null, version };
      }
      const state = after('reschedule', { ...held, state: postponed });
      const daysOff = held.daysOff !== null;
      const moved = movedTo(sessions, Temporal.PlainDate.from(input.firstDay), daysOff, this.days.calendar);
      const window = await this.desk.courses.read(tx, held.courseId);
      mustFit(moved, { today: localDate(at), window, daysOff }, this.days.calendar);
      const version = await this.desk.classes.change(tx, held.id, { state, decision, reason, urgent: null });
      await this.desk.bookings.book(tx, held.id, moved, { places: held.capacity, trainers: true });
      const detail = { decision, from: firstDayOf(sessions), to: input.firstDay };
      await this.desk.classes.tell(tx, held.id, at, 'postponed', { reason, detail });
      return { classId: held.id, state, firstDay: firstDayOf(moved), version };
    });
  }
}
