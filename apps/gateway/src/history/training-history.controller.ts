import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { readTrainingHistory, type PayloadOf } from '#contracts';
import { QueryClient } from '#messaging/asking';
import { Answers } from '../http/answers.js';
import { queryOf } from '../http/validation.js';

@ApiTags('History')
@Controller('api/v1/training/history')
export class TrainingHistoryController {
  constructor(private readonly queries: QueryClient) {}

  @Get()
  @Answers(
    readTrainingHistory.reply,
    'Read what happened to a course, class, venue, trainer or institution',
    'Who did what, when and why, oldest first.',
  )
  readTrainingHistory(@Query({ schema: queryOf(readTrainingHistory.payload) }) asked: PayloadOf<typeof readTrainingHistory>) {
    return this.queries.ask(readTrainingHistory, asked);
  }
}
