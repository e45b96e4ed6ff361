import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import { DomainError, type PayloadOf, type recordExpenditure, type ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { movedLine, mustFit, mustGiveMoney } from './budget.js';
import { BudgetRepository } from './budget.repository.js';

/** Money of a line was spent, as a document shows. */
@Injectable()
export class RecordExpenditure {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly budget: BudgetRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Two at once never spend together what only one of them may: the line is locked.
   * @throws DomainError `budget-line-not-found`, `changed-meanwhile`, `budget-line-retired`, `day-in-future`, `budget-exceeded`
   */
  execute(input: PayloadOf<typeof recordExpenditure>, message: Message): Promise<ReplyOf<typeof recordExpenditure>> {
    return this.work.once(message, async (tx) => {
      const line = await this.budget.hold(tx, input.lineId);
      mustBeSeen('budget line', line, input.seenVersion);
      mustGiveMoney(line);
      const at = this.clock.now();
      const spentOn = Temporal.PlainDate.from(input.spentOn);
      if (Temporal.PlainDate.compare(spentOn, localDate(at)) > 0)
        throw new DomainError('day-in-future', `${input.spentOn} is still to come: record what is spent once it is.`);
      const amount = BigInt(input.amount);
      const spent = line.spent + amount;
      mustFit(line.task, line.amount, spent);
      // Made by this message, so its id is the expenditure's.
      const { documentNumber, note = '' } = input;
      const version = await this.budget.record(tx, { id: message.id, lineId: line.id, amount, spentOn, documentNumber, note, at });
      const detail = { expenditureId: message.id, amount: input.amount, spentOn: input.spentOn, document: documentNumber };
      await this.budget.tell(tx, line.id, { at, what: 'spent', detail });
      return { ...movedLine({ ...line, spent, version }, at), expenditureId: message.id };
    });
  }
}
