import { Module } from '@nestjs/common';
import { ApprovalsModule } from '../approvals/approvals.module.js';
import { BudgetLinesModule } from '../budget/budget-lines.module.js';
import { LedgerModule } from '../obligations/ledger.module.js';
import { ReportsModule } from '../reports/reports.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { ParentPlans } from '../sub-plans/parent-plan.repository.js';
import { ImportPlan, PlanEffects, PlanStores } from './import-plan.js';
import { PlanFigures } from './plan-figures.repository.js';
import { PlanRepository } from './plan.repository.js';
import { PlansConsumer } from './plans.consumer.js';

@Module({
  imports: [LedgerModule, ReportsModule, TasksModule, ApprovalsModule, BudgetLinesModule],
  controllers: [PlansConsumer],
  providers: [ImportPlan, PlanStores, PlanEffects, PlanRepository, PlanFigures, ParentPlans],
})
export class PlansModule {}
