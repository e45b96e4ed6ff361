import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { extendObligation, getObligation, listObligations, reassignObligation, waiveObligation, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const obligationId = getObligation.payload;
type ObligationId = PayloadOf<typeof getObligation>;
const extension = bodyOf(extendObligation.payload.omit({ obligationId: true }));
const reassignment = bodyOf(reassignObligation.payload.omit({ obligationId: true }));
const waiver = bodyOf(waiveObligation.payload.omit({ obligationId: true }));

@ApiTags('Obligations')
@Controller('api/v1/obligations')
export class ObligationsController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get()
  @Answers(listObligations.reply, 'List obligations')
  listObligations(@Query({ schema: queryOf(listObligations.payload) }) asked: PayloadOf<typeof listObligations>) {
    return this.queries.ask(listObligations, asked);
  }

  @Get(':obligationId')
  @Answers(getObligation.reply, 'Read an obligation with its steps, escalations and history')
  getObligation(@Param({ schema: obligationId }) asked: ObligationId) {
    return this.queries.ask(getObligation, asked);
  }

  @Post(':obligationId/extend')
  @Executes(extendObligation.reply, 'Extend a deadline', 'Pending steps are superseded and the ladder begins anew for the new deadline.')
  extendObligation(
    @Param({ schema: obligationId }) of: ObligationId,
    @Body({ schema: extension }) body: z.output<typeof extension>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(extendObligation, { ...of, ...body }, identity);
  }

  @Post(':obligationId/reassign')
  @Executes(
    reassignObligation.reply,
    'Make another agency owe it',
    'The deadline stays; the ladder begins anew for the other agency, and nobody chases the former one any more.',
  )
  reassignObligation(
    @Param({ schema: obligationId }) of: ObligationId,
    @Body({ schema: reassignment }) body: z.output<typeof reassignment>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(reassignObligation, { ...of, ...body }, identity);
  }

  @Post(':obligationId/waive')
  @Executes(waiveObligation.reply, 'Waive an obligation', 'It is no longer owed; nobody is chased for it.')
  waiveObligation(
    @Param({ schema: obligationId }) of: ObligationId,
    @Body({ schema: waiver }) body: z.output<typeof waiver>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(waiveObligation, { ...of, ...body }, identity);
  }
}
