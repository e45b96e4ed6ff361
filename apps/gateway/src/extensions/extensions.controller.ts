import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { answerExtension, askExtension, getExtension, listExtensions, withdrawExtension, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const extensionId = getExtension.payload;
type ExtensionId = PayloadOf<typeof getExtension>;
const question = bodyOf(askExtension.payload);
const answer = bodyOf(answerExtension.payload.omit({ extensionId: true }));
const withdrawal = bodyOf(withdrawExtension.payload.omit({ extensionId: true }));

@ApiTags('Extensions')
@Controller('api/v1/extensions')
export class ExtensionsController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get()
  @Answers(listExtensions.reply, 'List questions for more time', 'With their answers; `agency` is the one that asks.')
  listExtensions(@Query({ schema: queryOf(listExtensions.payload) }) asked: PayloadOf<typeof listExtensions>) {
    return this.queries.ask(listExtensions, asked);
  }

  @Get(':extensionId')
  @Answers(getExtension.reply, 'Read a question for more time')
  getExtension(@Param({ schema: extensionId }) asked: ExtensionId) {
    return this.queries.ask(getExtension, asked);
  }

  @Post()
  @Executes(
    askExtension.reply,
    'Ask for an extension',
    'The debtor asks, before the deadline or after it. The creditor owes an answer within two working days; until then the ladder goes on.',
  )
  askExtension(@Body({ schema: question }) body: z.output<typeof question>, @Identity() identity: RequestIdentity) {
    return this.commands.execute(askExtension, body, identity);
  }

  @Post(':extensionId/answer')
  @Executes(
    answerExtension.reply,
    'Grant, shorten or refuse an extension',
    'The creditor answers. What is granted begins the ladder anew. Force majeure needs the number of a decision and is counted apart.',
  )
  answerExtension(
    @Param({ schema: extensionId }) of: ExtensionId,
    @Body({ schema: answer }) body: z.output<typeof answer>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(answerExtension, { ...of, ...body }, identity);
  }

  @Post(':extensionId/withdraw')
  @Executes(withdrawExtension.reply, 'Withdraw a question for more time', 'Nobody owes an answer any more.')
  withdrawExtension(
    @Param({ schema: extensionId }) of: ExtensionId,
    @Body({ schema: withdrawal }) body: z.output<typeof withdrawal>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(withdrawExtension, { ...of, ...body }, identity);
  }
}
