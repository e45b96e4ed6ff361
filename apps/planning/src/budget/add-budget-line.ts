import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { type addBudgetLine, DomainError, type PayloadOf, type ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { fundedTwice, movedLine } from './budget.js';
import { BudgetRepository } from './budget.repository.js';

/** A decision gives a task money that the plan file does not give it. */
@Injectable()
export class AddBudgetLine {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly budget: BudgetRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `plan-not-found`, `task-not-found`, `budget-source-not-found`, `already-funded` (SEED-19, SEED-41) */
  execute(input: PayloadOf<typeof addBudgetLine>, message: Message): Promise<ReplyOf<typeof addBudgetLine>> {
    return this.work.once(message, async (tx) => {
      const { planId, amount, decision, reason } = input;
      await this.budget.holdPlan(tx, planId);
      const task = await this.budget.task(tx, planId, input.task);
      const source = await this.budget.source(tx, planId, input.source);
      const funded = [...(await this.budget.funded(tx, planId)), task];
      const [twice] = fundedTwice(funded);
      if (twice) {
        const other = twice.index === funded.length - 1 ? twice.other : (funded[twice.index]?.code ?? '');
        throw new DomainError(
          'already-funded',
          `${task.code} is funded as ${other} already: change the amount of that line, or ask for a supplement of it.`,
          [{ task: task.code, fundedAs: other }],
        );
      }
      const at = this.clock.now();
      // Made by this message, so its id is the line's.
      const line = { id: message.id, planId, taskId: task.id, source, amount: amount === undefined ? null : BigInt(amount) };
      await this.budget.add(tx, line);
      const detail = { task: task.code, source: source.code, amount: amount ?? null, decision };
      await this.budget.tell(tx, line.id, { at, what: 'added', reason, detail });
      return movedLine({ ...line, spent: 0n, retired: false, version: 1 }, at);
    });
  }
}
