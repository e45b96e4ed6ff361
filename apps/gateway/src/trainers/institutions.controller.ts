import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { listInstitutions, recordInstitution, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const recorded = bodyOf(recordInstitution.payload);

@ApiTags('Training')
@Controller('api/v1/institutions')
export class InstitutionsController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get()
  @Answers(listInstitutions.reply, 'List institutions that trainers come from')
  listInstitutions(@Query({ schema: queryOf(listInstitutions.payload) }) asked: PayloadOf<typeof listInstitutions>) {
    return this.queries.ask(listInstitutions, asked);
  }

  @Post()
  @Executes(recordInstitution.reply, 'Record an institution', 'A university, a research institute, or another house.')
  recordInstitution(@Body({ schema: recorded }) body: z.output<typeof recorded>, @Identity() identity: RequestIdentity) {
    return this.commands.execute(recordInstitution, body, identity);
  }
}
