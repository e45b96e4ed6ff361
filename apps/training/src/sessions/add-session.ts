import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import type { addSession, PayloadOf, ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { mustFit } from '../bookings/timetable.js';
import { WorkingDays } from '../calendar/working-days.js';
import { ClassDesk, firstDayOf } from '../classes/class-desk.js';
import { mustStand } from '../classes/class.js';
import type { Tx } from '../persistence/database.js';
import { mustBeAlone } from './session.js';

/** One more session for a class, with a reason; the venue of the class and its trainer are booked with it. */
@Injectable()
export class AddSession {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly desk: ClassDesk,
    private readonly days: WorkingDays,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `class-not-found`, `changed-meanwhile`, `class-not-standing`, `sessions-overlap`, and what `mustFit` and `BookingRepository.book`
   * refuse
   */
  execute(input: PayloadOf<typeof addSession>, message: Message): Promise<ReplyOf<typeof addSession>> {
    return this.work.once(message, async (tx) => {
      const { held, sessions } = await this.desk.hold(tx, input);
      mustStand(held);
      const at = this.clock.now();
      const { day, part, topic, trainerId, reason } = input;
      // Made by this message, so its id is the session's.
      const added = { id: message.id, day: Temporal.PlainDate.from(day), part, topic, venueId: held.venueId, trainerId };
      const window = await this.desk.courses.read(tx, held.courseId);
      mustFit([added], { today: localDate(at), window, daysOff: held.daysOff !== null }, this.days.calendar);
      mustBeAlone(added, sessions);
      const version = await this.desk.classes.change(tx, held.id);
      await this.desk.bookings.book(tx, held.id, [added], { places: held.capacity, trainers: true });
      await this.desk.classes.tell(tx, held.id, at, 'session-added', { reason, detail: { sessionId: added.id, day, part, trainerId } });
      return { classId: held.id, state: held.state, firstDay: firstDayOf([...sessions, added]), version, sessionId: added.id };
    });
  }
}
