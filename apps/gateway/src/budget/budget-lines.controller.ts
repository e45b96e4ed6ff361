import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { changeBudgetAmount, listExpenditures, recordExpenditure, retireBudgetLine } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const lineId = listExpenditures.payload.pick({ lineId: true });
type LineId = z.output<typeof lineId>;
const page = queryOf(listExpenditures.payload.omit({ lineId: true }));
const amount = bodyOf(changeBudgetAmount.payload.omit({ lineId: true }));
const retiring = bodyOf(retireBudgetLine.payload.omit({ lineId: true }));
const expenditure = bodyOf(recordExpenditure.payload.omit({ lineId: true }));

@ApiTags('Budget')
@Controller('api/v1/budget-lines')
export class BudgetLinesController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Post(':lineId/amount')
  @Executes(
    changeBudgetAmount.reply,
    'Change the amount of a budget line by a decision',
    'In whole đồng; never below what is spent already. Importing the same plan file again does not undo it.',
  )
  changeBudgetAmount(
    @Param({ schema: lineId }) of: LineId,
    @Body({ schema: amount }) body: z.output<typeof amount>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(changeBudgetAmount, { ...of, ...body }, identity);
  }

  @Post(':lineId/retire')
  @Executes(retireBudgetLine.reply, 'Take back a budget line that was added by hand', 'As long as nothing is spent of it.')
  retireBudgetLine(
    @Param({ schema: lineId }) of: LineId,
    @Body({ schema: retiring }) body: z.output<typeof retiring>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(retireBudgetLine, { ...of, ...body }, identity);
  }

  @Get(':lineId/expenditures')
  @Answers(
    listExpenditures.reply,
    'List what was spent of a budget line',
    'By the day on which it was spent; what takes an expenditure back is negative.',
  )
  listExpenditures(@Param({ schema: lineId }) of: LineId, @Query({ schema: page }) asked: z.output<typeof page>) {
    return this.queries.ask(listExpenditures, { ...of, ...asked });
  }

  @Post(':lineId/expenditures')
  @Executes(
    recordExpenditure.reply,
    'Record what was spent of a budget line',
    'In whole đồng, with the document that shows it. Refused as budget-exceeded when the line does not give so much.',
  )
  recordExpenditure(
    @Param({ schema: lineId }) of: LineId,
    @Body({ schema: expenditure }) body: z.output<typeof expenditure>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(recordExpenditure, { ...of, ...body }, identity);
  }
}
