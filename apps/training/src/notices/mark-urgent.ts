import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { markUrgent, PayloadOf, ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { ClassDesk } from '../classes/class-desk.js';
import { mustStand } from '../classes/class.js';
import type { Tx } from '../persistence/database.js';

/** Invitations to a class may leave late, and say why (domain 4.4: at least three working days before, else urgent). */
@Injectable()
export class MarkUrgent {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly desk: ClassDesk,
    private readonly clock: Clock,
  ) {}

  /** Idempotent by the message. @throws DomainError `class-not-found`, `changed-meanwhile`, `class-not-standing` */
  execute(input: PayloadOf<typeof markUrgent>, message: Message): Promise<ReplyOf<typeof markUrgent>> {
    return this.work.once(message, async (tx) => {
      const { held } = await this.desk.hold(tx, input);
      mustStand(held);
      const { reason } = input;
      const version = await this.desk.classes.change(tx, held.id, { urgent: reason });
      await this.desk.classes.tell(tx, held.id, this.clock.now(), 'marked-urgent', { reason });
      return { classId: held.id, state: held.state, urgent: reason, version };
    });
  }
}
