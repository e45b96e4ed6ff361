import { Module } from '@nestjs/common';
import { BudgetRepository } from './budget.repository.js';
import { SynchroniseBudget } from './synchronise-budget.js';

/** What an import and an approval write to the budget. It stands on nothing that they do. */
@Module({ providers: [BudgetRepository, SynchroniseBudget], exports: [BudgetRepository, SynchroniseBudget] })
export class BudgetLinesModule {}
