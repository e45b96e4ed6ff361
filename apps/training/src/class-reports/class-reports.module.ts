import { Module } from '@nestjs/common';
import { ClassesModule } from '../classes/classes.module.js';
import { ObligationsModule } from '../obligations/obligations.module.js';
import { ClassReportRepository } from './class-report.repository.js';
import { ClassReportsConsumer } from './class-reports.consumer.js';
import { ClassReportsSchedule } from './class-reports.schedule.js';
import { FollowClassReport } from './follow-class-report.js';
import { ReturnClassReport } from './return-class-report.js';
import { SubmitClassReport } from './submit-class-report.js';
import { TaskProgressRepository } from './task-progress.repository.js';
import { TellProgress } from './tell-progress.js';

@Module({
  imports: [ClassesModule, ObligationsModule],
  controllers: [ClassReportsConsumer],
  providers: [
    SubmitClassReport,
    ReturnClassReport,
    FollowClassReport,
    TellProgress,
    ClassReportRepository,
    TaskProgressRepository,
    ClassReportsSchedule,
  ],
})
export class ClassReportsModule {}
