import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type PayloadOf, type ReplyOf, type withdrawShortfall } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { mustBeDeclared } from './budget.js';
import { BudgetRepository } from './budget.repository.js';

/** The holder can balance its source after all. */
@Injectable()
export class WithdrawShortfall {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly budget: BudgetRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `shortfall-not-found`, `changed-meanwhile`, `shortfall-withdrawn`, `supplement-stands-on-it` */
  execute(input: PayloadOf<typeof withdrawShortfall>, message: Message): Promise<ReplyOf<typeof withdrawShortfall>> {
    return this.work.once(message, async (tx) => {
      const shortfall = await this.budget.holdShortfall(tx, input.shortfallId);
      mustBeSeen('shortfall', shortfall, input.seenVersion);
      mustBeDeclared(shortfall);
      const [supplement] = shortfall.supplements;
      if (supplement !== undefined)
        throw new DomainError('supplement-stands-on-it', `The supplement ${supplement} stands on it: withdraw that dossier first.`);
      const at = this.clock.now();
      const version = await this.budget.changeShortfall(tx, shortfall.id, { withdrawnAt: at });
      await this.budget.tell(tx, shortfall.id, { at, what: 'shortfall-withdrawn', reason: input.reason });
      return { shortfallId: shortfall.id, state: 'withdrawn', version, at: at.toString() };
    });
  }
}
