import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type PayloadOf, type ReplyOf, type retireBudgetLine } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { lineOriginOf, movedLine, mustGiveMoney } from './budget.js';
import { BudgetRepository } from './budget.repository.js';

/** A line that was added by hand is taken back; its task may be funded otherwise then. */
@Injectable()
export class RetireBudgetLine {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly budget: BudgetRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `budget-line-not-found`, `changed-meanwhile`, `budget-line-retired`, `budget-line-not-by-hand`, `budget-line-spent` */
  execute(input: PayloadOf<typeof retireBudgetLine>, message: Message): Promise<ReplyOf<typeof retireBudgetLine>> {
    return this.work.once(message, async (tx) => {
      const line = await this.budget.hold(tx, input.lineId);
      mustBeSeen('budget line', line, input.seenVersion);
      mustGiveMoney(line);
      const origin = lineOriginOf(line);
      if (origin !== 'by-hand')
        throw new DomainError(
          'budget-line-not-by-hand',
          origin === 'plan-file'
            ? `The plan file gives ${line.task} this money: take its budgetSource out of the file and import it again.`
            : 'An approved supplement gives this money: change its amount by a decision.',
        );
      if (line.spent !== 0n)
        throw new DomainError(
          'budget-line-spent',
          `${String(line.spent)} đồng of it are spent: reverse what was recorded by mistake first.`,
        );
      const at = this.clock.now();
      const version = await this.budget.change(tx, line.id, { retired: true });
      await this.budget.tell(tx, line.id, { at, what: 'retired', reason: input.reason });
      return movedLine({ ...line, retired: true, version }, at);
    });
  }
}
