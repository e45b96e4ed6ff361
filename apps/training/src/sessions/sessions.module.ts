import { Module } from '@nestjs/common';
import { ClassesModule } from '../classes/classes.module.js';
import { AddSession } from './add-session.js';
import { MoveSession } from './move-session.js';
import { RemoveSession } from './remove-session.js';
import { ScheduleClass } from './schedule-class.js';
import { SessionPlan } from './session-plan.js';
import { SessionsConsumer } from './sessions.consumer.js';

@Module({
  imports: [ClassesModule],
  controllers: [SessionsConsumer],
  providers: [ScheduleClass, AddSession, MoveSession, RemoveSession, SessionPlan],
  exports: [SessionPlan],
})
export class SessionsModule {}
