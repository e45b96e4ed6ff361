import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { changeInstitution, listInstitutions, recordInstitution, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const recorded = bodyOf(recordInstitution.payload);
const institutionId = changeInstitution.payload.pick({ institutionId: true });
const changes = bodyOf(changeInstitution.payload.omit({ institutionId: true }));

@ApiTags('Training')
@Controller('api/v1/institutions')
export class InstitutionsController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get()
  @Answers(listInstitutions.reply, 'List institutions that trainers come from', 'All, or those of a kind.')
  listInstitutions(@Query({ schema: queryOf(listInstitutions.payload) }) asked: PayloadOf<typeof listInstitutions>) {
    return this.queries.ask(listInstitutions, asked);
  }

  @Post()
  @Executes(recordInstitution.reply, 'Record an institution', 'A university, a research institute, or another house.')
  recordInstitution(@Body({ schema: recorded }) body: z.output<typeof recorded>, @Identity() identity: RequestIdentity) {
    return this.commands.execute(recordInstitution, body, identity);
  }

  @Post(':institutionId/change')
  @Executes(changeInstitution.reply, 'Change an institution', 'What is left out stays; its trainers follow.')
  changeInstitution(
    @Param({ schema: institutionId }) of: z.output<typeof institutionId>,
    @Body({ schema: changes }) body: z.output<typeof changes>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(changeInstitution, { ...of, ...body }, identity);
  }
}
