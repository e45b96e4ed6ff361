import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { acknowledgeEscalation, listEscalations, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const escalationId = acknowledgeEscalation.payload.pick({ escalationId: true });
const acknowledgement = bodyOf(acknowledgeEscalation.payload.omit({ escalationId: true }));

@ApiTags('Escalations')
@Controller('api/v1/escalations')
export class EscalationsController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get()
  @Answers(listEscalations.reply, 'List escalations')
  listEscalations(@Query({ schema: queryOf(listEscalations.payload) }) asked: PayloadOf<typeof listEscalations>) {
    return this.queries.ask(listEscalations, asked);
  }

  @Post(':escalationId/acknowledge')
  @Executes(acknowledgeEscalation.reply, 'Acknowledge an escalation', '"We are on it" until the end of a day; then the ladder goes on.')
  acknowledgeEscalation(
    @Param({ schema: escalationId }) of: z.output<typeof escalationId>,
    @Body({ schema: acknowledgement }) body: z.output<typeof acknowledgement>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(acknowledgeEscalation, { ...of, ...body }, identity);
  }
}
