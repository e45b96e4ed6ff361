import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type acceptTask, type PayloadOf, type ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { AnnounceTasks } from './announce-tasks.js';
import type { HeldTask } from './task.js';
import { TaskRepository } from './task.repository.js';

/** The standing agency takes what the lead handed in: the task is done. */
@Injectable()
export class AcceptTask {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly tasks: TaskRepository,
    private readonly announcing: AnnounceTasks,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `task-not-found`, `changed-meanwhile`, `task-not-submitted` */
  execute(input: PayloadOf<typeof acceptTask>, message: Message): Promise<ReplyOf<typeof acceptTask>> {
    return this.work.once(message, async (tx) => {
      const task = await this.tasks.hold(tx, input.taskId);
      mustBeSeen('task', { version: task.version, state: task.status }, input.seenVersion);
      mustBeSubmitted(task);
      const at = this.clock.now();
      const version = await this.tasks.move(tx, task.id, { status: 'done' });
      await this.tasks.tell(tx, task.id, at, 'accepted');
      await this.announcing.these(tx, [task.id]);
      return { taskId: task.id, status: 'done', progress: task.progress, version, at: at.toString() };
    });
  }
}

/** @throws DomainError `task-not-submitted` */
export function mustBeSubmitted({ code, status }: Pick<HeldTask, 'code' | 'status'>): void {
  if (status === 'submitted') return;
  throw new DomainError(
    'task-not-submitted',
    `Task ${code} is ${status}. Only what was handed in, by a report of 100 per cent of its lead, can be accepted or returned.`,
    [{ status }],
  );
}
