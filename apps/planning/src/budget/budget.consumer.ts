import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '#calendar';
import {
  addBudgetLine,
  changeBudgetAmount,
  declareShortfall,
  getBudget,
  listExpenditures,
  recordExpenditure,
  requestSupplement,
  retireBudgetLine,
  reverseExpenditure,
  withdrawShortfall,
  type PayloadOf,
} from '#contracts';
import { On, pageOf, type Message } from '#messaging';
import { AddBudgetLine } from './add-budget-line.js';
import { BudgetViews, EXPENDITURE_KEY } from './budget-view.repository.js';
import { ChangeBudgetAmount } from './change-budget-amount.js';
import { DeclareShortfall } from './declare-shortfall.js';
import { RecordExpenditure } from './record-expenditure.js';
import { RequestSupplement } from './request-supplement.js';
import { RetireBudgetLine } from './retire-budget-line.js';
import { ReverseExpenditure } from './reverse-expenditure.js';
import { WithdrawShortfall } from './withdraw-shortfall.js';

/** Money that tasks have. */
@Controller()
export class BudgetConsumer {
  constructor(
    private readonly adding: AddBudgetLine,
    private readonly changing: ChangeBudgetAmount,
    private readonly retiring: RetireBudgetLine,
    private readonly views: BudgetViews,
    private readonly clock: Clock,
  ) {}

  @On(addBudgetLine)
  add(payload: PayloadOf<typeof addBudgetLine>, message: Message) {
    return this.adding.execute(payload, message);
  }

  @On(changeBudgetAmount)
  change(payload: PayloadOf<typeof changeBudgetAmount>, message: Message) {
    return this.changing.execute(payload, message);
  }

  @On(retireBudgetLine)
  retire(payload: PayloadOf<typeof retireBudgetLine>, message: Message) {
    return this.retiring.execute(payload, message);
  }

  @On(getBudget)
  budget({ planId }: PayloadOf<typeof getBudget>) {
    return this.views.budget(planId, this.clock.now());
  }
}

/** Money that was spent. */
@Controller()
export class ExpendituresConsumer {
  constructor(
    private readonly recording: RecordExpenditure,
    private readonly reversing: ReverseExpenditure,
    private readonly views: BudgetViews,
  ) {}

  @On(recordExpenditure)
  record(payload: PayloadOf<typeof recordExpenditure>, message: Message) {
    return this.recording.execute(payload, message);
  }

  @On(reverseExpenditure)
  reverse(payload: PayloadOf<typeof reverseExpenditure>, message: Message) {
    return this.reversing.execute(payload, message);
  }

  @On(listExpenditures)
  list(ask: PayloadOf<typeof listExpenditures>) {
    return pageOf(
      ask,
      (limit, after) => this.views.expenditures(ask.lineId, limit, after),
      ({ spentOn, expenditureId }) => `${spentOn}/${expenditureId}`,
      z.string().regex(EXPENDITURE_KEY),
    );
  }
}

/** Money that is missing. */
@Controller()
export class ShortfallsConsumer {
  constructor(
    private readonly declaring: DeclareShortfall,
    private readonly withdrawing: WithdrawShortfall,
    private readonly requesting: RequestSupplement,
  ) {}

  @On(declareShortfall)
  declare(payload: PayloadOf<typeof declareShortfall>, message: Message) {
    return this.declaring.execute(payload, message);
  }

  @On(withdrawShortfall)
  withdraw(payload: PayloadOf<typeof withdrawShortfall>, message: Message) {
    return this.withdrawing.execute(payload, message);
  }

  @On(requestSupplement)
  request(payload: PayloadOf<typeof requestSupplement>, message: Message) {
    return this.requesting.execute(payload, message);
  }
}
