import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { PayloadOf, ReplyOf, withdrawEnrolment } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { EnrolmentDesk } from './enrolment-desk.js';
import { mustBeWithdrawable } from './enrolment.js';
import { MoveUp } from './move-up.js';

/** Somebody does not come, or is not sent after all. Whoever is first of those who wait has the seat, in the same transaction. */
@Injectable()
export class WithdrawEnrolment {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly desk: EnrolmentDesk,
    private readonly movingUp: MoveUp,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `enrolment-not-found`, `changed-meanwhile`, `enrolment-settled`, `class-begun` */
  execute(input: PayloadOf<typeof withdrawEnrolment>, message: Message): Promise<ReplyOf<typeof withdrawEnrolment>> {
    return this.work.once(message, async (tx) => {
      const { held, enrolment } = await this.desk.hold(tx, input.enrolmentId);
      mustBeSeen('nomination', enrolment, input.seenVersion);
      mustBeWithdrawable(enrolment, held);
      const { id: enrolmentId, classId, agency } = enrolment;
      const [at, { reason }] = [this.clock.now(), input];
      const version = await this.desk.end(tx, held, enrolment, { at, reason });
      const promoted = await this.movingUp.execute(tx, held, agency, at);
      await this.desk.classes.tell(tx, classId, at, 'trainee-withdrawn', { reason, detail: { enrolmentId, agency, promoted } });
      return { enrolmentId, classId, state: 'withdrawn', promoted, version };
    });
  }
}
