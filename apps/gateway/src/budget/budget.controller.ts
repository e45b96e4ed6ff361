import { Body, Controller, Get, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { addBudgetLine, declareShortfall, getBudget, type PayloadOf, type ReplyOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { AlsoAsFiles, download } from '../http/downloads.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';
import { asCsv, asWorkbook, fileName } from './budget-table.js';

const planId = getBudget.payload;
type PlanId = PayloadOf<typeof getBudget>;
const asked = queryOf(z.object({ format: z.enum(['json', 'csv', 'xlsx']).default('json') }));
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
  @AlsoAsFiles('csv', 'xlsx')
  @Answers(
    getBudget.reply,
    'Read the budget of a plan, with totals by source, task and agency',
    'Sources by decision with their lines, supplements and shortfalls, in whole đồng. An amount that is not known is null and counted as such, never taken for 0. `format` csv or xlsx answers with a file of the lines whose headings are Vietnamese and English.',
  )
  async getBudget(
    @Param({ schema: planId }) of: PlanId,
    @Query({ schema: asked }) { format }: z.output<typeof asked>,
  ): Promise<ReplyOf<typeof getBudget> | StreamableFile> {
    const budget = await this.queries.ask(getBudget, of);
    if (format === 'json') return budget;
    const content = format === 'csv' ? asCsv(budget) : await asWorkbook(budget);
    return download(content, format, fileName(budget, format));
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
