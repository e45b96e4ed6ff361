import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { changeClass, PayloadOf, ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { mustMakeSense } from '../courses/course.js';
import type { Tx } from '../persistence/database.js';
import { ClassDesk, firstDayOf } from './class-desk.js';
import { mustStand } from './class.js';

/** Title, sizes or venue of a class are changed, with a reason. Another venue is booked for every session in the same transaction. */
@Injectable()
export class ChangeClass {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly desk: ClassDesk,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `class-not-found`, `changed-meanwhile`, `class-not-standing`, `size-backwards`, and what `BookingRepository.book` refuses */
  execute(input: PayloadOf<typeof changeClass>, message: Message): Promise<ReplyOf<typeof changeClass>> {
    return this.work.once(message, async (tx) => {
      const { held, sessions } = await this.desk.hold(tx, input);
      mustStand(held);
      const { capacity = held.capacity, minSize = held.minSize, venueId = held.venueId } = input.changes;
      mustMakeSense({ capacity, minSize, windowFrom: null, windowTo: null });
      await this.desk.bookings.mustHaveVenue(tx, venueId);
      const version = await this.desk.classes.change(tx, held.id, input.changes);
      if (venueId !== held.venueId || capacity > held.capacity) {
        const moved = sessions.map((session) => ({ ...session, venueId }));
        await this.desk.bookings.book(tx, held.id, moved, { places: capacity });
      }
      const detail = { changed: Object.keys(input.changes).sort(), venueId, capacity };
      await this.desk.classes.tell(tx, held.id, this.clock.now(), 'changed', { reason: input.reason, detail });
      return { classId: held.id, state: held.state, firstDay: firstDayOf(sessions), version };
    });
  }
}
