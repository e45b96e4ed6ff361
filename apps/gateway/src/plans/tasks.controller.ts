import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { listTasks, type PayloadOf } from '#contracts';
import { QueryClient } from '#messaging/asking';
import { Answers } from '../http/answers.js';
import { queryOf } from '../http/validation.js';

@ApiTags('Plans')
@Controller('api/v1/tasks')
export class TasksController {
  constructor(private readonly queries: QueryClient) {}

  @Get()
  @Answers(listTasks.reply, 'List tasks of plans')
  listTasks(@Query({ schema: queryOf(listTasks.payload) }) asked: PayloadOf<typeof listTasks>) {
    return this.queries.ask(listTasks, asked);
  }
}
