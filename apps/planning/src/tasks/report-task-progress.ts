import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { PayloadOf, ReplyOf, reportTaskProgress } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { AnnounceTasks } from './announce-tasks.js';
import { mustBeApproved, mustBeUnderWay, reporterOf, statusAfter } from './task.js';
import { TaskRepository } from './task.repository.js';

/** The lead, or an agency that coordinates, says how far a task is. What was said before is kept; progress may go down as well as up. */
@Injectable()
export class ReportTaskProgress {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly tasks: TaskRepository,
    private readonly announcing: AnnounceTasks,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `task-not-found`, `changed-meanwhile`, `not-the-lead`, `approval-missing`, `task-submitted`, `task-done`, `task-suspended`,
   * `task-cancelled`
   */
  execute(input: PayloadOf<typeof reportTaskProgress>, message: Message): Promise<ReplyOf<typeof reportTaskProgress>> {
    return this.work.once(message, async (tx) => {
      const { taskId, progress, note, evidence } = input;
      const task = await this.tasks.hold(tx, taskId);
      mustBeSeen('task', { version: task.version, state: task.status }, input.seenVersion);
      mustBeUnderWay(task);
      const reporter = reporterOf(task, input.agency);
      if (progress > 0) mustBeApproved(task);
      const status = statusAfter(task, progress, reporter);
      const at = this.clock.now();
      await this.tasks.keep(tx, { id: message.id, taskId, at, by: message.actor, agencyId: reporter.id, progress, note, evidence });
      const version = await this.tasks.move(tx, taskId, { status, progress });
      await this.tasks.tell(tx, taskId, at, status === 'submitted' ? 'submitted' : 'progress-reported', {
        detail: { agency: reporter.code, from: task.progress, to: progress },
      });
      await this.announcing.these(tx, [taskId]);
      return { taskId, status, progress, version, at: at.toString() };
    });
  }
}
