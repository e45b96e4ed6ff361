import { Module } from '@nestjs/common';
import { ConsolidationRepository } from '../consolidations/consolidation.repository.js';
import { RecordConsolidation } from '../consolidations/record-consolidation.js';
import { LedgerModule } from '../obligations/ledger.module.js';
import { AcceptReport } from './accept-report.js';
import { OpenReports } from './open-reports.js';
import { OweAgain } from './owe-again.js';
import { ReportRepository } from './report.repository.js';
import { ReportViews } from './report-view.repository.js';
import { ReportsConsumer } from './reports.consumer.js';
import { ReportsSchedule } from './reports.schedule.js';
import { RequirementRepository } from './requirement.repository.js';
import { ReturnReport } from './return-report.js';
import { ReviseReport } from './revise-report.js';
import { SaveReportDraft } from './save-report-draft.js';
import { SubmitReport } from './submit-report.js';

@Module({
  imports: [LedgerModule],
  controllers: [ReportsConsumer],
  providers: [
    OpenReports,
    SaveReportDraft,
    SubmitReport,
    ReturnReport,
    AcceptReport,
    ReviseReport,
    OweAgain,
    ReportRepository,
    ReportViews,
    RequirementRepository,
    ConsolidationRepository,
    RecordConsolidation,
    ReportsSchedule,
  ],
  exports: [OpenReports, OweAgain, ReportRepository, RequirementRepository, RecordConsolidation],
})
export class ReportsModule {}
