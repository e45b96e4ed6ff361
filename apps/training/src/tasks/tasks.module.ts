import { Module } from '@nestjs/common';
import { KeepTask } from './keep-task.js';
import { PlanTaskRepository } from './plan-task.repository.js';
import { TaskChanges } from './task-changes.js';
import { TasksConsumer } from './tasks.consumer.js';

@Module({
  controllers: [TasksConsumer],
  providers: [KeepTask, PlanTaskRepository, TaskChanges],
  exports: [PlanTaskRepository, TaskChanges],
})
export class TasksModule {}
