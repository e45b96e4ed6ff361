import { Module } from '@nestjs/common';
import { BudgetController } from './budget.controller.js';
import { BudgetLinesController } from './budget-lines.controller.js';
import { ExpendituresController } from './expenditures.controller.js';
import { ShortfallsController } from './shortfalls.controller.js';

@Module({ controllers: [BudgetController, BudgetLinesController, ExpendituresController, ShortfallsController] })
export class BudgetModule {}
