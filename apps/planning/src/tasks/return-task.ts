import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { PayloadOf, ReplyOf, returnTask } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { AnnounceTasks } from './announce-tasks.js';
import { mustBeSubmitted } from './accept-task.js';
import { TaskRepository } from './task.repository.js';

/** The standing agency does not take it yet: it is in progress again. Progress stays as it was reported; the lead says what is left. */
@Injectable()
export class ReturnTask {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly tasks: TaskRepository,
    private readonly announcing: AnnounceTasks,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `task-not-found`, `changed-meanwhile`, `task-not-submitted` */
  execute(input: PayloadOf<typeof returnTask>, message: Message): Promise<ReplyOf<typeof returnTask>> {
    return this.work.once(message, async (tx) => {
      const task = await this.tasks.hold(tx, input.taskId);
      mustBeSeen('task', { version: task.version, state: task.status }, input.seenVersion);
      mustBeSubmitted(task);
      const at = this.clock.now();
      const version = await this.tasks.move(tx, task.id, { status: 'in-progress' });
      await this.tasks.tell(tx, task.id, at, 'returned', { reason: input.reason });
      await this.announcing.these(tx, [task.id]);
      return { taskId: task.id, status: 'in-progress', progress: task.progress, version, at: at.toString() };
    });
  }
}
