import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { confirmSchedule, proposeSchedule, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const confirmed = bodyOf(confirmSchedule.payload);

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
    'Propose days, venues and trainers',
    'For the classes of a course that have no days. Books nothing; what cannot be placed says what is missing, and in which week.',
  )
  proposeSchedule(@Query({ schema: queryOf(proposeSchedule.payload) }) asked: PayloadOf<typeof proposeSchedule>) {
    return this.queries.ask(proposeSchedule, asked);
  }

  @Post('confirm')
  @Executes(
    confirmSchedule.reply,
    'Confirm proposed days, venues and trainers',
    'As they were proposed, or changed. All classes are booked or none; a refusal says what collides meanwhile.',
  )
  confirmSchedule(@Body({ schema: confirmed }) body: z.output<typeof confirmed>, @Identity() identity: RequestIdentity) {
    return this.commands.execute(confirmSchedule, body, identity);
  }
}
