import { Injectable } from '@nestjs/common';
import type { PayloadOf, taskChanged } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { PlanTaskRepository } from './plan-task.repository.js';

/** Keeps what training knows of planning's tasks. An older word than the one that is known changes nothing. */
@Injectable()
export class KeepTask {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly tasks: PlanTaskRepository,
  ) {}

  async execute(told: PayloadOf<typeof taskChanged>, message: Message): Promise<void> {
    await this.work.once(message, (tx) => this.tasks.keep(tx, told));
  }
}
