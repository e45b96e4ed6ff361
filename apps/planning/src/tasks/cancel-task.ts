import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type cancelTask, type PayloadOf, type ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import { SettleObligation } from '../obligations/settle-obligation.js';
import type { Tx } from '../persistence/database.js';
import { AnnounceTasks } from './announce-tasks.js';
import { TaskRepository } from './task.repository.js';

/** A task is given up by a decision. Nobody goes on being chased for it: what is open of it is closed as cancelled, and the reply says how much. */
@Injectable()
export class CancelTask {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly tasks: TaskRepository,
    private readonly obligations: ObligationRepository,
    private readonly settling: SettleObligation,
    private readonly announcing: AnnounceTasks,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `task-not-found`, `changed-meanwhile`, `task-done`, `task-cancelled` */
  execute(input: PayloadOf<typeof cancelTask>, message: Message): Promise<ReplyOf<typeof cancelTask>> {
    return this.work.once(message, async (tx) => {
      const { decision, reason } = input;
      const task = await this.tasks.hold(tx, input.taskId);
      mustBeSeen('task', { version: task.version, state: task.status }, input.seenVersion);
      if (task.status === 'done' || task.status === 'cancelled')
        throw new DomainError(`task-${task.status}`, `Task ${task.code} is ${task.status} already and cannot be cancelled.`);
      const at = this.clock.now();
      const held = await this.obligations.holdAll(tx, await this.tasks.owedFor(tx, task.id));
      // Somebody may have settled one while this waited for its lock.
      const open = held.filter((one) => one.state === 'open');
      for (const one of open) await this.settling.close(tx, one, 'cancelled', `${decision}: ${reason}`, at);
      const version = await this.tasks.move(tx, task.id, { status: 'cancelled', decision });
      await this.tasks.tell(tx, task.id, at, 'cancelled', { reason, detail: { decision, obligationsCancelled: open.length } });
      await this.announcing.these(tx, [task.id]);
      const { progress } = task;
      return { taskId: task.id, status: 'cancelled', progress, version, at: at.toString(), obligationsCancelled: open.length };
    });
  }
}
