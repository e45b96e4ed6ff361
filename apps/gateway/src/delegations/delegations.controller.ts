import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { delegate, listDelegations, revokeDelegation, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const delegationId = revokeDelegation.payload.pick({ delegationId: true });
const absence = bodyOf(delegate.payload);
const revocation = bodyOf(revokeDelegation.payload.omit({ delegationId: true }));

@ApiTags('Delegations')
@Controller('api/v1/delegations')
export class DelegationsController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get()
  @Answers(listDelegations.reply, 'List delegations', 'Who stands in for whom; `on` shows those in force on a day.')
  listDelegations(@Query({ schema: queryOf(listDelegations.payload) }) asked: PayloadOf<typeof listDelegations>) {
    return this.queries.ask(listDelegations, asked);
  }

  @Post()
  @Executes(
    delegate.reply,
    'Delegate for a period',
    'Mails that leave on these days go to the stand-in, of the same agency. By the contact, or by a clerk for the head.',
  )
  delegate(@Body({ schema: absence }) body: z.output<typeof absence>, @Identity() identity: RequestIdentity) {
    return this.commands.execute(delegate, body, identity);
  }

  @Post(':delegationId/revoke')
  @Executes(revokeDelegation.reply, 'Revoke a delegation', 'From now on mails go to the contact again.')
  revokeDelegation(
    @Param({ schema: delegationId }) of: z.output<typeof delegationId>,
    @Body({ schema: revocation }) body: z.output<typeof revocation>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(revokeDelegation, { ...of, ...body }, identity);
  }
}
