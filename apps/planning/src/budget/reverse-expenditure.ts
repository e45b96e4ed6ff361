import { Injectable } from '@nestjs/common';
import { Clock, localDate } from '#calendar';
import { DomainError, type PayloadOf, type ReplyOf, type reverseExpenditure } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { movedLine } from './budget.js';
import { BudgetRepository } from './budget.repository.js';

/** An expenditure was recorded by mistake: another one takes it back as a whole, on the day on which that is noticed. Both stay. */
@Injectable()
export class ReverseExpenditure {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly budget: BudgetRepository,
    private readonly clock: Clock,
  ) {}

  /** Of a retired line too: what was spent of it stays true. @throws DomainError `expenditure-not-found`, `already-reversed`, `is-a-reversal` */
  execute(input: PayloadOf<typeof reverseExpenditure>, message: Message): Promise<ReplyOf<typeof reverseExpenditure>> {
    return this.work.once(message, async (tx) => {
      const line = await this.budget.hold(tx, await this.budget.lineOf(tx, input.expenditureId));
      const wrong = await this.budget.expenditure(tx, input.expenditureId);
      if (wrong.reversesId !== null)
        throw new DomainError(
          'is-a-reversal',
          'This takes an expenditure back and cannot be taken back itself: record what was spent again.',
        );
      if (wrong.reversed) throw new DomainError('already-reversed', 'This expenditure is taken back already; nothing is left to do.');
      const at = this.clock.now();
      const version = await this.budget.record(tx, {
        id: message.id,
        lineId: line.id,
        amount: -wrong.amount,
        spentOn: localDate(at),
        documentNumber: input.documentNumber,
        note: input.reason,
        at,
        reversesId: input.expenditureId,
      });
      const detail = {
        expenditureId: message.id,
        reverses: input.expenditureId,
        amount: -Number(wrong.amount),
        document: input.documentNumber,
      };
      await this.budget.tell(tx, line.id, { at, what: 'reversed', reason: input.reason, detail });
      return { ...movedLine({ ...line, spent: line.spent - wrong.amount, version }, at), expenditureId: message.id };
    });
  }
}
