import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiSecurity, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { LaneInspector } from '#messaging/asking';
import type { Response } from '../http/exchange.js';
import { readinessOf, readinessReply, type Readiness } from './readiness.js';
import { Services } from './services.js';
import { timed } from './timed.js';

/** Real milliseconds: whoever asks is answered within two seconds, whatever is down. */
const DEADLINE = 1_700;

const aliveReply = z.object({ alive: z.literal(true) });

@ApiTags('Health')
@ApiSecurity({})
@Controller('health')
export class HealthController {
  private asking: Promise<Readiness> | undefined;

  constructor(
    private readonly services: Services,
    private readonly inspector: LaneInspector,
  ) {}

  @Get('live')
  @ApiOperation({ summary: 'Say that this process answers' })
  @ApiOkResponse({ standardSchema: aliveReply, description: 'It does' })
  live(): z.output<typeof aliveReply> {
    return { alive: true };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Say whether every part answers: Redis, each service and its database', description: 'Within 2 seconds.' })
  @ApiOkResponse({ standardSchema: readinessReply, description: 'Everything answers' })
  @ApiServiceUnavailableResponse({ standardSchema: readinessReply, description: 'A part is down' })
  async ready(@Res({ passthrough: true }) response: Response): Promise<Readiness> {
    const readiness = await this.readiness();
    if (!readiness.ready) response.statusCode = HttpStatus.SERVICE_UNAVAILABLE;
    return readiness;
  }

  /** The page is open to anyone, so askers at the same time share one round of questions. */
  private readiness(): Promise<Readiness> {
    this.asking ??= this.askAll().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  private async askAll(): Promise<Readiness> {
    const [redis, answers] = await Promise.all([timed(DEADLINE, () => this.inspector.ping()), this.services.statuses(DEADLINE)]);
    return readinessOf(redis, answers);
  }
}
