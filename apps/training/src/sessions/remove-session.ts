import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock } from '#calendar';
import { DomainError, type PayloadOf, type removeSession, type ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { timesOf } from '../bookings/timetable.js';
import { ClassDesk, firstDayOf } from '../classes/class-desk.js';
import { mustStand } from '../classes/class.js';
import type { Tx } from '../persistence/database.js';
import { sessionIn } from './session.js';

/**
 * A session is not held, with a reason. Its row goes, the history keeps what it was; whoever was told of it is on record with its id (`announcements`), so
 * that it is taken out of their calendars.
 */
@Injectable()
export class RemoveSession {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly desk: ClassDesk,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `class-not-found`, `changed-meanwhile`, `class-not-standing`, `session-not-found`, `session-begun` */
  execute(input: PayloadOf<typeof removeSession>, message: Message): Promise<ReplyOf<typeof removeSession>> {
    return this.work.once(message, async (tx) => {
      const { held, sessions } = await this.desk.hold(tx, input);
      mustStand(held);
      const session = sessionIn(held, sessions, input.sessionId);
      const at = this.clock.now();
      if (Temporal.Instant.compare(timesOf(session).startsAt, at) <= 0)
        throw new DomainError('session-begun', 'This session has begun, or is over: what was held stays on record.', [
          { day: session.day.toString(), part: session.part },
        ]);
      const version = await this.desk.classes.change(tx, held.id);
      await this.desk.bookings.remove(tx, session.id);
      const { id: sessionId, part, topic, trainerId } = session;
      const detail = { sessionId, day: session.day.toString(), part, topic, trainerId };
      await this.desk.classes.tell(tx, held.id, at, 'session-removed', { reason: input.reason, detail });
      const left = sessions.filter(({ id }) => id !== session.id);
      return { classId: held.id, state: held.state, firstDay: firstDayOf(left), version };
    });
  }
}
