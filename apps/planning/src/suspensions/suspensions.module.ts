import { Module } from '@nestjs/common';
import { LedgerModule } from '../obligations/ledger.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { KeepDays } from './keep-days.js';
import { Resume } from './resume.js';
import { StandStill } from './stand-still.js';
import { Suspend } from './suspend.js';
import { SuspensionViews } from './suspension-view.repository.js';
import { SuspensionRepository } from './suspension.repository.js';
import { SuspensionsConsumer } from './suspensions.consumer.js';
import { SuspensionsSchedule } from './suspensions.schedule.js';

@Module({
  imports: [LedgerModule, TasksModule],
  controllers: [SuspensionsConsumer],
  providers: [Suspend, Resume, KeepDays, StandStill, SuspensionRepository, SuspensionViews, SuspensionsSchedule],
})
export class SuspensionsModule {}
