import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type PayloadOf, type ReplyOf, type scheduleClass } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { SessionPlan } from './session-plan.js';

/** A class that was opened from its task gets its days, its place, and who teaches. */
@Injectable()
export class ScheduleClass {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly plan: SessionPlan,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `class-not-found`, `changed-meanwhile`, `days-missing`, and what `SessionPlan.set` refuses */
  execute(input: PayloadOf<typeof scheduleClass>, message: Message): Promise<ReplyOf<typeof scheduleClass>> {
    return this.work.once(message, async (tx) => {
      const found = await this.plan.desk.hold(tx, input);
      const { firstDay, venueId = found.held.venueId } = input;
      const sessions = input.sessions ?? (firstDay === undefined ? [] : await this.plan.from(tx, found.held, firstDay));
      if (sessions.length === 0)
        throw new DomainError('days-missing', 'Say when the class is held: its "firstDay", or its "sessions" one by one.');
      return this.plan.set(tx, found, { sessions, venueId }, this.clock.now(), message.id);
    });
  }
}
