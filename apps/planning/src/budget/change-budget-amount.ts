import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { changeBudgetAmount, PayloadOf, ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { movedLine, mustFit, mustGiveMoney } from './budget.js';
import { BudgetRepository } from './budget.repository.js';

/** A decision says how much there is for a task. */
@Injectable()
export class ChangeBudgetAmount {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly budget: BudgetRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `budget-line-not-found`, `changed-meanwhile`, `budget-line-retired`, `budget-exceeded` when more is spent already */
  execute(input: PayloadOf<typeof changeBudgetAmount>, message: Message): Promise<ReplyOf<typeof changeBudgetAmount>> {
    return this.work.once(message, async (tx) => {
      const line = await this.budget.hold(tx, input.lineId);
      mustBeSeen('budget line', line, input.seenVersion);
      mustGiveMoney(line);
      const amount = BigInt(input.amount);
      mustFit(line.task, amount, line.spent);
      const at = this.clock.now();
      const version = await this.budget.change(tx, line.id, { amount });
      const detail = { from: line.amount === null ? null : Number(line.amount), to: input.amount, decision: input.decision };
      await this.budget.tell(tx, line.id, { at, what: 'amount-changed', reason: input.reason, detail });
      return movedLine({ ...line, amount, version }, at);
    });
  }
}
