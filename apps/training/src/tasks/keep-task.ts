import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { PayloadOf, taskChanged } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { PlanTaskRepository } from './plan-task.repository.js';
import { TaskChanges } from './task-changes.js';

/** Keeps what training knows of planning's tasks, and lets follow what hangs on it. An older word than the one that is known changes nothing. */
@Injectable()
export class KeepTask {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly tasks: PlanTaskRepository,
    private readonly changes: TaskChanges,
    private readonly clock: Clock,
  ) {}

  async execute(told: PayloadOf<typeof taskChanged>, message: Message): Promise<void> {
    await this.work.once(message, async (tx) => {
      if (!(await this.tasks.keep(tx, told))) return;
      await this.changes.tell(tx, await this.tasks.read(tx, told.taskId), this.clock.now());
    });
  }
}
