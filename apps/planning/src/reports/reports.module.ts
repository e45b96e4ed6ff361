import { Module } from '@nestjs/common';
import { LedgerModule } from '../obligations/ledger.module.js';
import { AcceptReport } from './accept-report.js';
import { OpenReports } from './open-reports.js';
import { ReportRepository } from './report.repository.js';
import { ReportsConsumer } from './reports.consumer.js';
import { ReportsSchedule } from './reports.schedule.js';
import { ReturnReport } from './return-report.js';
import { SubmitReport } from './submit-report.js';

@Module({
  imports: [LedgerModule],
  controllers: [ReportsConsumer],
  providers: [OpenReports, SubmitReport, ReturnReport, AcceptReport, ReportRepository, ReportsSchedule],
  exports: [OpenReports, ReportRepository],
})
export class ReportsModule {}
