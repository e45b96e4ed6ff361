import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import { DomainError, type PayloadOf, type ReplyOf, type suspend } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { StandStill } from './stand-still.js';
import { mayStandStill, mustBeFree } from './suspension.js';
import { SuspensionRepository } from './suspension.repository.js';

/** A decision lets a plan or a task stand still (SEED-42): at once, or from its first day. Its sub-plans are plans of their own. */
@Injectable()
export class Suspend {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly suspensions: SuspensionRepository,
    private readonly standing: StandStill,
    private readonly history: HistoryRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `plan-not-found`, `task-not-found`, `task-done`, `task-cancelled`, `ends-before-it-begins`, `before-the-plan`,
   * `suspension-over`, `already-suspended`, `suspension-overlaps`
   */
  execute(input: PayloadOf<typeof suspend>, message: Message): Promise<ReplyOf<typeof suspend>> {
    return this.work.once(message, async (tx) => {
      const { planId, decision, reason } = input;
      const plan = await this.suspensions.holdPlan(tx, planId);
      const task = await this.taskOf(tx, planId, input.task);
      const at = this.clock.now();
      const today = localDate(at);
      const days = {
        fromOn: input.fromOn === undefined ? today : Temporal.PlainDate.from(input.fromOn),
        untilOn: input.untilOn === undefined ? null : Temporal.PlainDate.from(input.untilOn),
      };
      mayStandStill(days, plan.effectiveOn, today);
      mustBeFree({ ...days, taskId: task.id }, await this.suspensions.ofPlan(tx, planId));
      const recorded = await this.suspensions.record(tx, {
        id: message.id,
        planId,
        taskId: task.id,
        decision,
        reason,
        ...days,
        actor: message.actor,
        at,
      });
      const detail = {
        planId,
        task: task.code,
        decision,
        fromOn: days.fromOn.toString(),
        untilOn: days.untilOn?.toString() ?? null,
      };
      await this.history.tell(tx, [{ subject: 'suspension', subjectId: recorded.id, at, what: 'recorded', reason, detail }]);
      const told = { suspensionId: recorded.id, at: at.toString() };
      if (Temporal.PlainDate.compare(days.fromOn, today) > 0)
        return { ...told, state: 'planned', version: recorded.version, obligationsHeld: 0, tasksSuspended: 0 };
      return { ...told, state: 'running', ...(await this.standing.begin(tx, recorded, at)) };
    });
  }

  private async taskOf(tx: Tx, planId: string, code: string | undefined): Promise<{ id: string | null; code: string | null }> {
    if (code === undefined) return { id: null, code: null };
    const task = await this.suspensions.task(tx, planId, code);
    if (task.status === 'done' || task.status === 'cancelled')
      throw new DomainError(`task-${task.status}`, `Task ${task.code} is ${task.status}: nothing of it can stand still.`);
    return task;
  }
}
