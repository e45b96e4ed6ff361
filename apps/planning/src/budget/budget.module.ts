import { Module } from '@nestjs/common';
import { ApprovalsModule } from '../approvals/approvals.module.js';
import { AddBudgetLine } from './add-budget-line.js';
import { BudgetLinesModule } from './budget-lines.module.js';
import { BudgetViews } from './budget-view.repository.js';
import { BudgetConsumer, ExpendituresConsumer, ShortfallsConsumer } from './budget.consumer.js';
import { ChangeBudgetAmount } from './change-budget-amount.js';
import { DeclareShortfall } from './declare-shortfall.js';
import { RecordExpenditure } from './record-expenditure.js';
import { RequestSupplement } from './request-supplement.js';
import { RetireBudgetLine } from './retire-budget-line.js';
import { ReverseExpenditure } from './reverse-expenditure.js';
import { WithdrawShortfall } from './withdraw-shortfall.js';

@Module({
  imports: [BudgetLinesModule, ApprovalsModule],
  controllers: [BudgetConsumer, ExpendituresConsumer, ShortfallsConsumer],
  providers: [
    AddBudgetLine,
    ChangeBudgetAmount,
    RetireBudgetLine,
    RecordExpenditure,
    ReverseExpenditure,
    DeclareShortfall,
    WithdrawShortfall,
    RequestSupplement,
    BudgetViews,
  ],
})
export class BudgetModule {}
