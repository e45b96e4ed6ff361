import { Module } from '@nestjs/common';
import { LedgerModule } from '../obligations/ledger.module.js';
import { ReportsModule } from '../reports/reports.module.js';
import { ConsolidateReports } from './consolidate-reports.js';
import { ConsolidationViews } from './consolidation-view.repository.js';
import { ConsolidationsConsumer } from './consolidations.consumer.js';
import { ExcludeReport } from './exclude-report.js';
import { IncludeReport } from './include-report.js';

@Module({
  imports: [LedgerModule, ReportsModule],
  controllers: [ConsolidationsConsumer],
  providers: [ConsolidateReports, ExcludeReport, IncludeReport, ConsolidationViews],
})
export class ConsolidationsModule {}
