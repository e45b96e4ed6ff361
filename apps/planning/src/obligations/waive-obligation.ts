import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { type PayloadOf, type ReplyOf, type waiveObligation } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { ObligationRepository } from './obligation.repository.js';
import { mustBeOwed, SettleObligation } from './settle-obligation.js';

/** No longer owed, for a reason that stays on record. */
@Injectable()
export class WaiveObligation {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly obligations: ObligationRepository,
    private readonly settling: SettleObligation,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `obligation-not-found`, `changed-meanwhile`, `obligation-settled` */
  execute(input: PayloadOf<typeof waiveObligation>, message: Message): Promise<ReplyOf<typeof waiveObligation>> {
    return this.work.once(message, async (tx) => {
      const held = await this.obligations.hold(tx, input.obligationId);
      mustBeSeen('obligation', held, input.seenVersion);
      mustBeOwed(held);
      const { version, dueOn } = await this.settling.close(tx, held, 'waived', input.reason, this.clock.now());
      return { obligationId: held.id, state: 'waived', generation: held.generation, dueOn: dueOn.toString(), version };
    });
  }
}
