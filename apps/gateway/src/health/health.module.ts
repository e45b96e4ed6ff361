import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { HttpMetrics } from './http-metrics.js';
import { MetricsController } from './metrics.controller.js';
import { Services } from './services.js';

@Module({ controllers: [HealthController, MetricsController], providers: [HttpMetrics, Services] })
export class HealthModule {}
