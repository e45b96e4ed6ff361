import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import type { moveSession, PayloadOf, ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { WorkingDays } from '../calendar/working-days.js';
import type { Tx } from '../persistence/database.js';
import { mustBeAlone, sessionIn } from './session.js';
import { mustFit } from '../bookings/timetable.js';
import { ClassDesk, firstDayOf } from '../classes/class-desk.js';
import { mustStand } from '../classes/class.js';

/** One session is moved, with a reason; its venue and trainer follow, or the refusal says what it collides with. */
@Injectable()
export class MoveSession {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly desk: ClassDesk,
    private readonly days: WorkingDays,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `class-not-found`, `changed-meanwhile`, `class-not-standing`, `session-not-found`, and what `mustFit` and `BookingRepository.book`
   * refuse
   */
  execute(input: PayloadOf<typeof moveSession>, message: Message): Promise<ReplyOf<typeof moveSession>> {
    return this.work.once(message, async (tx) => {
      const { held, sessions } = await this.desk.hold(tx, input);
      mustStand(held);
      const session = sessionIn(held, sessions, input.sessionId);
      const at = this.clock.now();
      const moved = { ...session, day: Temporal.PlainDate.from(input.day), part: input.part };
      const { calendar } = this.days;
      const bounds = { today: localDate(at), window: await this.desk.courses.read(tx, held.courseId), daysOff: held.daysOff !== null };
      mustFit([moved], bounds, calendar);
      const others = sessions.filter(({ id }) => id !== session.id);
      mustBeAlone(moved, others);
      const version = await this.desk.classes.change(tx, held.id);
      await this.desk.bookings.book(tx, held.id, [moved], { places: held.capacity, trainers: true });
      const from = { day: session.day.toString(), part: session.part };
      const detail = { sessionId: session.id, from, to: { day: input.day, part: input.part } };
      await this.desk.classes.tell(tx, held.id, at, 'session-moved', { reason: input.reason, detail });
      return { classId: held.id, state: held.state, firstDay: firstDayOf([...others, moved]), version };
    });
  }
}
