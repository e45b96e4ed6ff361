import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { confirmSchedule, proposeSchedule } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const asked = queryOf(proposeSchedule.payload);
const confirmation = bodyOf(confirmSchedule.payload);

@ApiTags('Training')
@Controller('api/v1/schedule-proposals')
export class ProposalsController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get()
  @Answers(
    proposeSchedule.reply,
    'Propose days, venues and trainers for classes that have no days yet',
    'Within the windows of their courses, spread evenly, with the reason for each choice and for each class that finds nothing. Books nothing; asked again, it answers the same.',
  )
  propose(@Query({ schema: asked }) query: z.output<typeof asked>) {
    return this.queries.ask(proposeSchedule, query);
  }

  @Post('confirm')
  @Executes(
    confirmSchedule.reply,
    'Book what was proposed',
    'As it was proposed, or changed. All classes get their days, or none: a refusal says what no longer fits.',
  )
  confirm(@Body({ schema: confirmation }) body: z.output<typeof confirmation>, @Identity() identity: RequestIdentity) {
    return this.commands.execute(confirmSchedule, body, identity);
  }
}
