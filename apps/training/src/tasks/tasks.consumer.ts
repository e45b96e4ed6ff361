import { Controller } from '@nestjs/common';
import { taskChanged, type PayloadOf } from '#contracts';
import { On, type Message } from '#messaging';
import { KeepTask } from './keep-task.js';

@Controller()
export class TasksConsumer {
  constructor(private readonly keeping: KeepTask) {}

  @On(taskChanged)
  async keep(payload: PayloadOf<typeof taskChanged>, message: Message): Promise<undefined> {
    await this.keeping.execute(payload, message);
  }
}
