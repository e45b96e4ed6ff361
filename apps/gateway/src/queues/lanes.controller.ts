import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { LaneInspector } from '#messaging/asking';
import { Answers } from '../http/answers.js';
import { queryOf } from '../http/validation.js';
import { lookInto } from './redis.js';
import { lanesReply } from './views.js';

@ApiTags('Queues')
@Controller('api/v1/lanes')
export class LanesController {
  constructor(private readonly inspector: LaneInspector) {}

  @Get()
  @Answers(lanesReply, 'List lanes with what waits in them')
  async listLanes(@Query({ schema: queryOf(z.object({})) }) _asked: object) {
    return { items: await lookInto(() => this.inspector.states()) };
  }
}
