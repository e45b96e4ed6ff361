import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  acknowledgeEscalation,
  assignEscalation,
  getEscalation,
  listEscalations,
  noteEscalation,
  resolveEscalation,
  type PayloadOf,
} from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const escalationId = getEscalation.payload;
type EscalationId = PayloadOf<typeof getEscalation>;
const acknowledgement = bodyOf(acknowledgeEscalation.payload.omit({ escalationId: true }));
const assignment = bodyOf(assignEscalation.payload.omit({ escalationId: true }));
const noting = bodyOf(noteEscalation.payload.omit({ escalationId: true }));
const resolving = bodyOf(resolveEscalation.payload.omit({ escalationId: true }));

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

  @Get(':escalationId')
  @Answers(getEscalation.reply, 'Read an escalation with its history')
  getEscalation(@Param({ schema: escalationId }) asked: EscalationId) {
    return this.queries.ask(getEscalation, asked);
  }

  @Post(':escalationId/acknowledge')
  @Executes(acknowledgeEscalation.reply, 'Acknowledge an escalation', '"We are on it" until the end of a day; then the ladder goes on.')
  acknowledgeEscalation(
    @Param({ schema: escalationId }) of: EscalationId,
    @Body({ schema: acknowledgement }) body: z.output<typeof acknowledgement>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(acknowledgeEscalation, { ...of, ...body }, identity);
  }

  @Post(':escalationId/assign')
  @Executes(
    assignEscalation.reply,
    'Assign an escalation',
    'To a contact of the agency that has the case: the standing agency, or the city office. Null: to nobody any more.',
  )
  assignEscalation(
    @Param({ schema: escalationId }) of: EscalationId,
    @Body({ schema: assignment }) body: z.output<typeof assignment>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(assignEscalation, { ...of, ...body }, identity);
  }

  @Post(':escalationId/note')
  @Executes(noteEscalation.reply, 'Note something about an escalation', 'Every note stays in its history.')
  noteEscalation(
    @Param({ schema: escalationId }) of: EscalationId,
    @Body({ schema: noting }) body: z.output<typeof noting>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(noteEscalation, { ...of, ...body }, identity);
  }

  @Post(':escalationId/resolve')
  @Executes(
    resolveEscalation.reply,
    'Resolve an escalation',
    'What is owed stays owed and goes on being chased. Refused (still-owed) when the ladder raises no further case: then extend, waive or hand over the obligation.',
  )
  resolveEscalation(
    @Param({ schema: escalationId }) of: EscalationId,
    @Body({ schema: resolving }) body: z.output<typeof resolving>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(resolveEscalation, { ...of, ...body }, identity);
  }
}
