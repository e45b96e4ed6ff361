import { Body, Controller, Get, Logger, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { id, pageAsk } from '#contracts';
import { LaneInspector } from '#messaging/asking';
import { currentTrace } from '#observability';
import { Answers } from '../http/answers.js';
import { bodyOf, queryOf } from '../http/validation.js';
import { pageOfLetters } from './dead-letter-page.js';
import { lookInto } from './redis.js';
import { deadLetter, deadLettersReply, groupsReply, replayReply } from './views.js';

const lane = z.string().max(60);
const cause = z.string().max(200);
const letterRef = z.object({ lane, messageId: id() });
const filters = queryOf(z.object({ lane: lane.optional(), cause: cause.optional(), ...pageAsk }));
/** A few first: a cause that is not remedied shows at once. */
const groupReplay = bodyOf(z.object({ lane, cause, limit: z.int().min(1).max(1000).default(5) }));

/** The lane inspector reads at most so many letters per lane. */
const ALL = { offset: 0, limit: Number.MAX_SAFE_INTEGER };

@ApiTags('Queues')
@Controller('api/v1/dead-letters')
export class DeadLettersController {
  private readonly logger = new Logger(DeadLettersController.name);

  constructor(private readonly inspector: LaneInspector) {}

  @Get()
  @Answers(groupsReply, 'List dead letters by lane and cause, most first')
  async groupDeadLetters(@Query({ schema: queryOf(z.object({})) }) _asked: object) {
    return { items: await lookInto(() => this.inspector.groups()) };
  }

  @Get('list')
  @Answers(deadLettersReply, 'List dead letters, newest first')
  async listDeadLetters(@Query({ schema: filters }) { lane, cause, ...page }: z.output<typeof filters>) {
    return pageOfLetters(await lookInto(() => this.inspector.list({ lane, cause }, ALL)), page);
  }

  @Get(':lane/:messageId')
  @Answers(deadLetter, 'Read a dead letter')
  getDeadLetter(@Param({ schema: letterRef }) { lane, messageId }: z.output<typeof letterRef>) {
    return lookInto(() => this.inspector.get(lane, messageId));
  }

  @Post(':lane/:messageId/replay')
  @Answers(
    replayReply,
    'Ring one dead letter again',
    'With all its attempts. Repeated, it is answered with 404 once the letter is no longer dead.',
  )
  async replayDeadLetter(@Param({ schema: letterRef }) { lane, messageId }: z.output<typeof letterRef>) {
    await lookInto(() => this.inspector.replay(lane, messageId));
    this.record({ lane, messageId });
    return { replayed: 1, skipped: 0 };
  }

  @Post('replay')
  @Answers(
    replayReply,
    'Ring dead letters of one cause again, oldest first',
    'Five unless `limit` says otherwise: try a few, then the rest.',
  )
  async replayDeadLetters(@Body({ schema: groupReplay }) { lane, cause, limit }: z.output<typeof groupReplay>) {
    const outcome = await lookInto(() => this.inspector.replayGroup(lane, cause, limit));
    this.record({ lane, cause, ...outcome });
    return outcome;
  }

  private record(what: Readonly<Record<string, unknown>>): void {
    this.logger.log('Dead letters were rung again', { actor: currentTrace()?.actor, ...what });
  }
}
