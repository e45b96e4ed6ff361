import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { forecastPlan, getPlan, importPlan, listPlans, summarisePlan, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { IMPORT_TYPES } from '../http/bodies.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { queryOf } from '../http/validation.js';

/** Real milliseconds: an import writes a whole programme in one transaction. */
const IMPORT_PATIENCE = 30_000;

const planId = getPlan.payload;
const importQuery = queryOf(z.object({ fileName: importPlan.payload.shape.fileName.default('plan.yaml') }));
const planText = z.string({ error: 'send the plan file itself, as YAML text' }).min(1);
const forecastRange = queryOf(forecastPlan.payload.omit({ planId: true }));

@ApiTags('Plans')
@Controller('api/v1/plans')
export class PlansController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Post('import')
  @ApiConsumes(...IMPORT_TYPES)
  @Executes(
    importPlan.reply,
    'Import a plan file',
    'At most 1 MB, and all or nothing. The same file again changes nothing; a changed one changes what changed and says so. A bad one is answered with every error, at its line and path.',
  )
  importPlan(
    @Query({ schema: importQuery }) { fileName }: z.output<typeof importQuery>,
    @Body({ schema: planText }) yaml: string,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(importPlan, { fileName, yaml }, { ...identity, timeoutMs: IMPORT_PATIENCE });
  }

  @Get()
  @Answers(listPlans.reply, 'List plans')
  listPlans(@Query({ schema: queryOf(listPlans.payload) }) asked: PayloadOf<typeof listPlans>) {
    return this.queries.ask(listPlans, asked);
  }

  @Get(':planId')
  @Answers(
    getPlan.reply,
    'Read a plan',
    'With the plan that it carries out and the plans that carry it out; each counts its own obligations, none counts those of another.',
  )
  getPlan(@Param({ schema: planId }) asked: PayloadOf<typeof getPlan>) {
    return this.queries.ask(getPlan, asked);
  }

  @Get(':planId/forecast')
  @Answers(forecastPlan.reply, 'Forecast every mail that a plan will send', 'What the ladder says, if nobody submits anything.')
  forecastPlan(
    @Param({ schema: planId }) plan: PayloadOf<typeof getPlan>,
    @Query({ schema: forecastRange }) range: z.output<typeof forecastRange>,
  ) {
    return this.queries.ask(forecastPlan, { ...plan, ...range });
  }

  @Get(':planId/summary')
  @Answers(
    summarisePlan.reply,
    'Count what was owed and what was done about it',
    '`subPlans` counts all plans below it together, each once; all other figures are the plan’s own.',
  )
  summarisePlan(@Param({ schema: planId }) asked: PayloadOf<typeof getPlan>) {
    return this.queries.ask(summarisePlan, asked);
  }
}
