import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { confirmSchedule, PayloadOf, ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { BookingRepository } from '../bookings/booking.repository.js';
import type { Tx } from '../persistence/database.js';
import { SessionPlan } from '../sessions/session-plan.js';

/** A person takes proposals, as they are or changed: all are booked in one transaction, or none. */
@Injectable()
export class ConfirmSchedule {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly plan: SessionPlan,
    private readonly bookings: BookingRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `class-not-found`, `changed-meanwhile`, and what `SessionPlan.set` refuses: with the first class that no longer fits */
  execute(input: PayloadOf<typeof confirmSchedule>, message: Message): Promise<ReplyOf<typeof confirmSchedule>> {
    return this.work.once(message, async (tx) => {
      const wanted = [...input.classes].sort((a, b) => (a.classId < b.classId ? -1 : 1));
      const found = [];
      for (const one of wanted) found.push({ one, ...(await this.plan.desk.hold(tx, one)) });
      await this.bookings.hold(
        tx,
        wanted.map(({ venueId }) => venueId),
        wanted.flatMap(({ sessions }) => sessions.map(({ trainerId }) => trainerId)),
      );
      const classes = [];
      for (const { one, ...of } of found) classes.push(await this.plan.set(tx, of, one, this.clock.now(), message.id));
      return { classes };
    });
  }
}
