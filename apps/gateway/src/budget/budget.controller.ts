import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { addBudgetLine, declareShortfall, getBudget, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf } from '../http/validation.js';

const planId = getBudget.payload;
type PlanId = PayloadOf<typeof getBudget>;
const added = bodyOf(addBudgetLine.payload.omit({ planId: true }));
const declared = bodyOf(declareShortfall.payload.omit({ planId: true }));

@ApiTags('Budget')
@Controller('api/v1/plans')
export class BudgetController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get(':planId/budget')
  @Answers(
    getBudget.reply,
    'Read the budget of a plan, with totals by source, task and agency',
    'Sources by decision with their lines, supplements and shortfalls, in whole đồng. An amount that is not known is null and counted as such, never taken for 0.',
  )
  getBudget(@Param({ schema: planId }) asked: PlanId) {
    return this.queries.ask(getBudget, asked);
  }

  @Post(':planId/budget-lines')
  @Executes(
    addBudgetLine.reply,
    'Give a task money by a decision',
    'Refused as already-funded when the task, a part of it or what it is a part of has money already; a supplement is asked for instead.',
  )
  addBudgetLine(
    @Param({ schema: planId }) of: PlanId,
    @Body({ schema: added }) body: z.output<typeof added>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(addBudgetLine, { ...of, ...body }, identity);
  }

  @Post(':planId/shortfalls')
  @Executes(
    declareShortfall.reply,
    'Declare that a budget source cannot be balanced',
    'By the holder of the source, and only where the plan provides for a supplement of it.',
  )
  declareShortfall(
    @Param({ schema: planId }) of: PlanId,
    @Body({ schema: declared }) body: z.output<typeof declared>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(declareShortfall, { ...of, ...body }, identity);
  }
}
