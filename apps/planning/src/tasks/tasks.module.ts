import { Module } from '@nestjs/common';
import { LedgerModule } from '../obligations/ledger.module.js';
import { AcceptTask } from './accept-task.js';
import { AnnounceTasks } from './announce-tasks.js';
import { CancelTask } from './cancel-task.js';
import { PlannedTasks } from './planned-tasks.repository.js';
import { ReachMilestone } from './reach-milestone.js';
import { ReportTaskProgress } from './report-task-progress.js';
import { ReturnTask } from './return-task.js';
import { TaskViews } from './task-view.repository.js';
import { TaskRepository } from './task.repository.js';
import { TaskReportsConsumer, TasksConsumer } from './tasks.consumer.js';
import { ToldTasks } from './told-task.repository.js';

@Module({
  imports: [LedgerModule],
  controllers: [TaskReportsConsumer, TasksConsumer],
  providers: [
    ReportTaskProgress,
    ReachMilestone,
    AcceptTask,
    ReturnTask,
    CancelTask,
    TaskRepository,
    TaskViews,
    PlannedTasks,
    AnnounceTasks,
    ToldTasks,
  ],
  exports: [PlannedTasks, AnnounceTasks],
})
export class TasksModule {}
