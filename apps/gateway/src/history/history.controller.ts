import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { readHistory, type PayloadOf } from '#contracts';
import { QueryClient } from '#messaging/asking';
import { Answers } from '../http/answers.js';
import { queryOf } from '../http/validation.js';

@ApiTags('History')
@Controller('api/v1/history')
export class HistoryController {
  constructor(private readonly queries: QueryClient) {}

  @Get()
  @Answers(readHistory.reply, 'Read what happened to a thing', 'Who did what, when and why, oldest first.')
  readHistory(@Query({ schema: queryOf(readHistory.payload) }) asked: PayloadOf<typeof readHistory>) {
    return this.queries.ask(readHistory, asked);
  }
}
