import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type assignTrainer, type PayloadOf, type ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { ClassDesk, firstDayOf } from '../classes/class-desk.js';
import { mustStand } from '../classes/class.js';

/** A trainer teaches sessions of a class, or nobody does any more. The trainer is booked with their way there and back; their engagement follows. */
@Injectable()
export class AssignTrainer {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly desk: ClassDesk,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `class-not-found`, `changed-meanwhile`, `class-not-standing`, `session-not-found`, and what `BookingRepository.book` refuses */
  execute(input: PayloadOf<typeof assignTrainer>, message: Message): Promise<ReplyOf<typeof assignTrainer>> {
    return this.work.once(message, async (tx) => {
      const { held, sessions } = await this.desk.hold(tx, input);
      mustStand(held);
      const { trainerId, sessionIds = sessions.map(({ id }) => id), reason = null } = input;
      const missing = sessionIds.filter((id) => !sessions.some((session) => session.id === id));
      if (missing.length > 0)
        throw new DomainError(
          'session-not-found',
          `Class ${held.code} has no such sessions. Read the class.`,
          missing.map((sessionId) => ({ sessionId })),
        );
      const taught = sessions.filter(({ id }) => sessionIds.includes(id)).map((session) => ({ ...session, trainerId }));
      const version = await this.desk.classes.change(tx, held.id);
      await this.desk.bookings.book(tx, held.id, taught, { trainers: true });
      const what = trainerId === null ? 'trainer-released' : 'trainer-assigned';
      await this.desk.classes.tell(tx, held.id, this.clock.now(), what, { reason, detail: { trainerId, sessionIds } });
      return { classId: held.id, state: held.state, firstDay: firstDayOf(sessions), version };
    });
  }
}
