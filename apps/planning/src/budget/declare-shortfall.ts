import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { type declareShortfall, DomainError, type PayloadOf, type ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { BudgetRepository } from './budget.repository.js';

/** The holder of a source cannot balance it: the only ground of a supplement, and only where the plan provides for one (SEED-39). */
@Injectable()
export class DeclareShortfall {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly budget: BudgetRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `plan-not-found`, `budget-source-not-found`, `not-the-holder`, `no-supplement-provided` */
  execute(input: PayloadOf<typeof declareShortfall>, message: Message): Promise<ReplyOf<typeof declareShortfall>> {
    return this.work.once(message, async (tx) => {
      await this.budget.holdPlan(tx, input.planId);
      const source = await this.budget.source(tx, input.planId, input.source);
      if (source.supplementById === null)
        throw new DomainError(
          'no-supplement-provided',
          `The plan provides no supplement of ${source.code}: its holder balances it itself. A decision that provides one is named as "supplementBy" of the source in the plan file.`,
        );
      if (source.holder !== input.agency)
        throw new DomainError(
          'not-the-holder',
          `${source.holder} holds ${source.code}; only it can declare that it cannot balance it. Another holder is named in the plan file.`,
        );
      const at = this.clock.now();
      const amount = input.amount === undefined ? null : BigInt(input.amount);
      // Made by this message, so its id is the shortfall's.
      await this.budget.declare(tx, { id: message.id, source, amount, reason: input.reason, at, by: message.actor });
      const detail = { source: source.code, agency: input.agency, amount: input.amount ?? null };
      await this.budget.tell(tx, message.id, { at, what: 'shortfall-declared', reason: input.reason, detail });
      return { shortfallId: message.id, state: 'declared', version: 1, at: at.toString() };
    });
  }
}
