import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { LaneInspector } from '#messaging/asking';
import { HttpMetrics } from './http-metrics.js';
import { figures } from './metrics.js';
import { Services } from './services.js';
import { timed } from './timed.js';

/** Real milliseconds: a scrape stays fast when a part is down. */
const DEADLINE = 1_000;
const TEXT = 'text/plain; version=0.0.4; charset=utf-8';

@ApiTags('Health')
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly http: HttpMetrics,
    private readonly services: Services,
    private readonly inspector: LaneInspector,
  ) {}

  @Get()
  @Header('Content-Type', TEXT)
  @ApiOperation({
    summary: 'Read figures for Prometheus',
    description: 'Never fails because a part is down: `dondoc_service_up` and `dondoc_redis_up` say so.',
  })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' }, description: 'Prometheus text format' })
  async readMetrics(): Promise<string> {
    const [lanes, answers, own] = await Promise.all([
      timed(DEADLINE, () => this.inspector.states()),
      this.services.statuses(DEADLINE),
      this.http.registry.metrics(),
    ]);
    return `${await figures(lanes.answer, answers)}\n${own}`;
  }
}
