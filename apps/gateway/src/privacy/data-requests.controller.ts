import { Body, Controller, Get, Header, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  answerDataRequest,
  completeDataRequest,
  exportPersonData,
  extendDataRequest,
  listDataRequests,
  recordDataRequest,
  type PayloadOf,
} from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { attachment } from '../http/downloads.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const traineeId = recordDataRequest.payload.pick({ traineeId: true });
const requestId = exportPersonData.payload;
type RequestId = PayloadOf<typeof exportPersonData>;
const request = bodyOf(recordDataRequest.payload.omit({ traineeId: true }));
const answer = bodyOf(answerDataRequest.payload.omit({ requestId: true }));
const extension = bodyOf(extendDataRequest.payload.omit({ requestId: true }));
const completion = bodyOf(completeDataRequest.payload.omit({ requestId: true }));
const page = queryOf(listDataRequests.payload);

@ApiTags('Training')
@Controller('api/v1')
export class DataRequestsController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Post('trainees/:traineeId/data-requests')
  @Executes(
    recordDataRequest.reply,
    'Record what a trainee asks of their own data',
    'Law 91/2025/QH15: answered within two working days, done within fifteen days. Both are obligations of the standing agency of the plan, and chased as such. ' +
      'Say in "asked" how the person asked and how it was made sure that it was them, without a name.',
  )
  recordDataRequest(
    @Param({ schema: traineeId }) of: z.output<typeof traineeId>,
    @Body({ schema: request }) body: z.output<typeof request>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(recordDataRequest, { ...of, ...body }, identity);
  }

  @Get('data-requests')
  @Answers(listDataRequests.reply, 'List requests of people about their own data', 'In order of their id; by trainee and by state.')
  listDataRequests(@Query({ schema: page }) asked: z.output<typeof page>) {
    return this.queries.ask(listDataRequests, asked);
  }

  @Post('data-requests/:requestId/answer')
  @Executes(
    answerDataRequest.reply,
    'Record that a data request was answered',
    'The person was told that it is in hand: the first clock ends.',
  )
  answerDataRequest(
    @Param({ schema: requestId }) of: RequestId,
    @Body({ schema: answer }) body: z.output<typeof answer>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(answerDataRequest, { ...of, ...body }, identity);
  }

  @Post('data-requests/:requestId/extend')
  @Executes(extendDataRequest.reply, 'Extend a data request by fifteen days', 'Once, with a reason that the person is told.')
  extendDataRequest(
    @Param({ schema: requestId }) of: RequestId,
    @Body({ schema: extension }) body: z.output<typeof extension>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(extendDataRequest, { ...of, ...body }, identity);
  }

  @Post('data-requests/:requestId/complete')
  @Executes(
    completeDataRequest.reply,
    'Do what a data request asks, or refuse it',
    'At once: "correct" changes the data as "correction" says; "erase" and "withdraw" leave nothing that tells who the person was, here and wherever copies are, ' +
      'and cannot be undone; "restrict" and "object" end mail and lists. All but "access" and "correct" end nominations to classes that are to come: "withdrawn". ' +
      'Certificates stay valid by their number.',
  )
  completeDataRequest(
    @Param({ schema: requestId }) of: RequestId,
    @Body({ schema: completion }) body: z.output<typeof completion>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(completeDataRequest, { ...of, ...body }, identity);
  }

  @Get('data-requests/:requestId/export')
  @Header('Content-Disposition', attachment('dữ liệu cá nhân.json'))
  @Header('Cache-Control', 'no-store')
  @Answers(
    exportPersonData.reply,
    'Download everything that is kept of a person who asked for it',
    'For a request of the kind "access" that is not refused; as a file to hand to the person. Personal data.',
  )
  exportPersonData(@Param({ schema: requestId }) of: RequestId) {
    return this.queries.ask(exportPersonData, of);
  }
}
