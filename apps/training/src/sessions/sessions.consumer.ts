import { Controller } from '@nestjs/common';
import { addSession, moveSession, removeSession, scheduleClass, type PayloadOf } from '#contracts';
import { On, type Message } from '#messaging';
import { AddSession } from './add-session.js';
import { MoveSession } from './move-session.js';
import { RemoveSession } from './remove-session.js';
import { ScheduleClass } from './schedule-class.js';

@Controller()
export class SessionsConsumer {
  constructor(
    private readonly scheduling: ScheduleClass,
    private readonly adding: AddSession,
    private readonly moving: MoveSession,
    private readonly removing: RemoveSession,
  ) {}

  @On(scheduleClass)
  schedule(payload: PayloadOf<typeof scheduleClass>, message: Message) {
    return this.scheduling.execute(payload, message);
  }

  @On(addSession)
  add(payload: PayloadOf<typeof addSession>, message: Message) {
    return this.adding.execute(payload, message);
  }

  @On(moveSession)
  move(payload: PayloadOf<typeof moveSession>, message: Message) {
    return this.moving.execute(payload, message);
  }

  @On(removeSession)
  remove(payload: PayloadOf<typeof removeSession>, message: Message) {
    return this.removing.execute(payload, message);
  }
}
