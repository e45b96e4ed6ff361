import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { listAgencies, type PayloadOf } from '#contracts';
import { QueryClient } from '#messaging/asking';
import { Answers } from '../http/answers.js';
import { queryOf } from '../http/validation.js';

@ApiTags('Plans')
@Controller('api/v1/agencies')
export class AgenciesController {
  constructor(private readonly queries: QueryClient) {}

  @Get()
  @Answers(listAgencies.reply, 'List agencies with their contacts')
  listAgencies(@Query({ schema: queryOf(listAgencies.payload) }) asked: PayloadOf<typeof listAgencies>) {
    return this.queries.ask(listAgencies, asked);
  }
}
