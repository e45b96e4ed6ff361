import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { getSuspension, listSuspensions, resume, suspend, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const suspensionId = getSuspension.payload;
const suspending = bodyOf(suspend.payload);
const resuming = bodyOf(resume.payload.omit({ suspensionId: true }));

@ApiTags('Suspensions')
@Controller('api/v1/suspensions')
export class SuspensionsController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get()
  @Answers(listSuspensions.reply, 'List suspensions of plans and tasks')
  listSuspensions(@Query({ schema: queryOf(listSuspensions.payload) }) asked: PayloadOf<typeof listSuspensions>) {
    return this.queries.ask(listSuspensions, asked);
  }

  @Get(':suspensionId')
  @Answers(getSuspension.reply, 'Read a suspension with the deadlines that moved when it ended')
  getSuspension(@Param({ schema: suspensionId }) asked: PayloadOf<typeof getSuspension>) {
    return this.queries.ask(getSuspension, asked);
  }

  @Post()
  @Executes(
    suspend.reply,
    'Let a plan or one of its tasks stand still by a decision',
    'Nobody is chased for what stands still, and nothing of it becomes overdue. It begins at once or on its first day, and ends by itself where the decision names a last day. Sub-plans are plans of their own and go on.',
  )
  suspend(@Body({ schema: suspending }) body: z.output<typeof suspending>, @Identity() identity: RequestIdentity) {
    return this.commands.execute(suspend, body, identity);
  }

  @Post(':suspensionId/resume')
  @Executes(
    resume.reply,
    'Let it go on',
    'Deadlines that were not over before, and all steps to come, move forward by the working days that passed. Before its first day it is withdrawn.',
  )
  resume(
    @Param({ schema: suspensionId }) of: PayloadOf<typeof getSuspension>,
    @Body({ schema: resuming }) body: z.output<typeof resuming>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(resume, { ...of, ...body }, identity);
  }
}
