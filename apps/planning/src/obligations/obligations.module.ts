import { Module } from '@nestjs/common';
import { ReportsModule } from '../reports/reports.module.js';
import { AuditLedger } from './audit-ledger.js';
import { ExtendObligation } from './extend-obligation.js';
import { ForecastPlan } from '../sweep/forecast-plan.js';
import { LedgerConsumer } from './ledger.consumer.js';
import { LedgerModule } from './ledger.module.js';
import { ObligationViews } from './obligation-view.repository.js';
import { ObligationsConsumer } from './obligations.consumer.js';
import { SweepSchedule } from '../sweep/sweep.schedule.js';
import { ReassignObligation } from '../reassignments/reassign-obligation.js';
import { SweepSteps } from '../sweep/sweep-steps.js';
import { WaiveObligation } from './waive-obligation.js';

@Module({
  imports: [LedgerModule, ReportsModule],
  controllers: [ObligationsConsumer, LedgerConsumer],
  providers: [ExtendObligation, WaiveObligation, ReassignObligation, SweepSteps, AuditLedger, ForecastPlan, ObligationViews, SweepSchedule],
  exports: [AuditLedger, SweepSteps],
})
export class ObligationsModule {}
