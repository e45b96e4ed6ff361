import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { answerFinding, closeFinding, reopenFinding } from '#contracts';
import { CommandClient } from '#messaging/asking';
import { Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf } from '../http/validation.js';

const findingId = closeFinding.payload.pick({ findingId: true });
type FindingId = z.output<typeof findingId>;
const answer = bodyOf(answerFinding.payload.omit({ findingId: true }));
const closing = bodyOf(closeFinding.payload.omit({ findingId: true }));
const reopening = bodyOf(reopenFinding.payload.omit({ findingId: true }));

@ApiTags('Inspections')
@Controller('api/v1/findings')
export class FindingsController {
  constructor(private readonly commands: CommandClient) {}

  @Post(':findingId/answer')
  @Executes(
    answerFinding.reply,
    'Answer a finding',
    'The inspected agency says what it did; its obligation is fulfilled and chasing stops.',
  )
  answerFinding(
    @Param({ schema: findingId }) of: FindingId,
    @Body({ schema: answer }) body: z.output<typeof answer>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(answerFinding, { ...of, ...body }, identity);
  }

  @Post(':findingId/close')
  @Executes(closeFinding.reply, 'Close an answered finding', 'The answer is enough; the finding is closed for good.')
  closeFinding(
    @Param({ schema: findingId }) of: FindingId,
    @Body({ schema: closing }) body: z.output<typeof closing>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(closeFinding, { ...of, ...body }, identity);
  }

  @Post(':findingId/reopen')
  @Executes(reopenFinding.reply, 'Reopen an answered finding', 'The answer is not enough: it is owed again, by another day.')
  reopenFinding(
    @Param({ schema: findingId }) of: FindingId,
    @Body({ schema: reopening }) body: z.output<typeof reopening>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(reopenFinding, { ...of, ...body }, identity);
  }
}
