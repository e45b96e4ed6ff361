import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { inviteTrainer, listEngagements, recordAnswer, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const engagementId = inviteTrainer.payload.pick({ engagementId: true });
type EngagementId = z.output<typeof engagementId>;
const invitation = bodyOf(inviteTrainer.payload.omit({ engagementId: true }));
const answer = bodyOf(recordAnswer.payload.omit({ engagementId: true }));

@ApiTags('Training')
@Controller('api/v1/engagements')
export class EngagementsController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get()
  @Answers(
    listEngagements.reply,
    'List which trainers are asked to teach which classes, and what they answered',
    'Of a class, of a trainer, in a state. `unanswered`: asked twice, and nothing was heard by the day.',
  )
  listEngagements(@Query({ schema: queryOf(listEngagements.payload) }) asked: PayloadOf<typeof listEngagements>) {
    return this.queries.ask(listEngagements, asked);
  }

  @Post(':engagementId/invite')
  @Executes(
    inviteTrainer.reply,
    'Invite a trainer to their sessions of a class',
    'By mail with a link to answer. A schedule does the same 20 working days before the first session.',
  )
  inviteTrainer(
    @Param({ schema: engagementId }) of: EngagementId,
    @Body({ schema: invitation }) body: z.output<typeof invitation>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(inviteTrainer, { ...of, ...body }, identity);
  }

  @Post(':engagementId/answer')
  @Executes(
    recordAnswer.reply,
    'Record what a trainer answered',
    'By telephone or letter; `heard` says how. Declined is final and gives the sessions back; accepted may become declined until the roster is locked.',
  )
  recordAnswer(
    @Param({ schema: engagementId }) of: EngagementId,
    @Body({ schema: answer }) body: z.output<typeof answer>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(recordAnswer, { ...of, ...body }, identity);
  }
}
