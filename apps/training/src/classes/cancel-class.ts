import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { cancelClass, PayloadOf, ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { ClassDesk } from './class-desk.js';
import { after } from './class.js';

/** A class is not held at all, by a decision. What it booked is free again; its sessions stay on record. */
@Injectable()
export class CancelClass {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly desk: ClassDesk,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `class-not-found`, `changed-meanwhile`, `class-step-refused` */
  execute(input: PayloadOf<typeof cancelClass>, message: Message): Promise<ReplyOf<typeof cancelClass>> {
    return this.work.once(message, async (tx) => {
      const { held } = await this.desk.hold(tx, input);
      const state = after('cancel', held);
      const { decision, reason } = input;
      await this.desk.bookings.free(tx, held.id);
      const version = await this.desk.classes.change(tx, held.id, { state, decision, reason });
      await this.desk.classes.tell(tx, held.id, this.clock.now(), 'cancelled', { reason, detail: { decision } });
      return { classId: held.id, state, firstDay: null, version };
    });
  }
}
