import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { listRequests, requestReports, withdrawRequest, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const requirementId = withdrawRequest.payload.pick({ requirementId: true });
const asking = bodyOf(requestReports.payload);
const withdrawal = bodyOf(withdrawRequest.payload.omit({ requirementId: true }));

@ApiTags('Report requests')
@Controller('api/v1/report-requests')
export class ReportRequestsController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get()
  @Answers(listRequests.reply, 'List thematic and ad-hoc reports that were asked for')
  listRequests(@Query({ schema: queryOf(listRequests.payload) }) asked: PayloadOf<typeof listRequests>) {
    return this.queries.ask(listRequests, asked);
  }

  @Post()
  @Executes(
    requestReports.reply,
    'Ask chosen agencies for a thematic or an ad-hoc report',
    'Each of them owes it from now on and is chased for it. Refused as a whole, with every fault at its path, when one cannot be asked.',
  )
  requestReports(@Body({ schema: asking }) body: z.output<typeof asking>, @Identity() identity: RequestIdentity) {
    return this.commands.execute(requestReports, body, identity);
  }

  @Post(':requirementId/withdraw')
  @Executes(withdrawRequest.reply, 'Withdraw a request', 'What is still owed of it is owed no longer; what was handed in stays.')
  withdrawRequest(
    @Param({ schema: requirementId }) of: z.output<typeof requirementId>,
    @Body({ schema: withdrawal }) body: z.output<typeof withdrawal>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(withdrawRequest, { ...of, ...body }, identity);
  }
}
