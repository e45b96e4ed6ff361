import { Module } from '@nestjs/common';
import { AgencyRepository } from '../agencies/agency.repository.js';
import { LedgerModule } from '../obligations/ledger.module.js';
import { ReportsModule } from '../reports/reports.module.js';
import { TaskRepository } from '../tasks/task.repository.js';
import { ImportPlan, PlanStores } from './import-plan.js';
import { PlanRepository } from './plan.repository.js';
import { PlansConsumer } from './plans.consumer.js';

@Module({
  imports: [LedgerModule, ReportsModule],
  controllers: [PlansConsumer],
  providers: [ImportPlan, PlanStores, PlanRepository, AgencyRepository, TaskRepository],
})
export class PlansModule {}
