import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { dissolveAgency, listAgencies, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const agency = dissolveAgency.payload.pick({ agency: true });
const dissolution = bodyOf(dissolveAgency.payload.omit({ agency: true }));

@ApiTags('Plans')
@Controller('api/v1/agencies')
export class AgenciesController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get()
  @Answers(listAgencies.reply, 'List agencies with their contacts')
  listAgencies(@Query({ schema: queryOf(listAgencies.payload) }) asked: PayloadOf<typeof listAgencies>) {
    return this.queries.ask(listAgencies, asked);
  }

  @Post(':agency/dissolve')
  @Executes(
    dissolveAgency.reply,
    'End an agency by a decision',
    'What it owes passes to its successor on the day after its last one. Without a successor each thing that it still owes becomes a case.',
  )
  dissolveAgency(
    @Param({ schema: agency }) of: z.output<typeof agency>,
    @Body({ schema: dissolution }) body: z.output<typeof dissolution>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(dissolveAgency, { ...of, ...body }, identity);
  }
}
