import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { confirmSchedule, PayloadOf, ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { BookingRepository } from '../bookings/booking.repository.js';
import type { Tx } from '../persistence/database.js';
import { SessionPlan } from '../sessions/session-plan.js';

/** A person confirms proposals: all are booked in one transaction, or none. */
@Injectable()
export class ConfirmSchedule {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly plan: SessionPlan,
    private readonly bookings: BookingRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `class-not-found`, `changed-meanwhile`, and what `SessionPlan.set` refuses */
  execute(input: PayloadOf<typeof confirmSchedule>, message: Message): Promise<ReplyOf<typeof confirmSchedule>> {
    return this.work.once(message, async (tx) => {
      const asked = input.classes.toSorted((a, b) => (a.classId < b.classId ? -1 : 1));
      const held = new Map<string, Awaited<ReturnType<SessionPlan['desk']['hold']>>>();
      // All classes first, then all venues, then all trainers: whoever confirms something else at the same time waits and does not block.
      for (const one of asked) held.set(one.classId, await this.plan.desk.hold(tx, one));
      await this.bookings.hold(
        tx,
        asked.map((one) => one.venueId),
        asked.flatMap((one) => one.sessions.map((session) => session.trainerId)),
      );
      const at = this.clock.now();
      const classes: ReplyOf<typeof confirmSchedule>['classes'] = [];
      for (const { classId, ...set } of asked) {
        const found = held.get(classId);
        if (found) classes.push(await this.plan.set(tx, found, set, at, message.id));
      }
      return { classes };
    });
  }
}
