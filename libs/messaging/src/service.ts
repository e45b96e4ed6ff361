import { NestFactory } from '@nestjs/core';
import { type INestMicroservice, type LoggerService, type Type, type DynamicModule } from '@nestjs/common';
import { BullMqStrategy, type StrategyOptions } from './bullmq.strategy.js';
import { RethrowFilter } from './rethrow.filter.js';

/** A Nest microservice on the lanes of its service. `listen()` rejects when the wiring is incomplete. */
export async function createService(
  module: Type | DynamicModule,
  options: StrategyOptions & { readonly logger?: LoggerService },
): Promise<INestMicroservice> {
  const { logger, ...strategy } = options;
  const app = await NestFactory.createMicroservice(module, {
    strategy: new BullMqStrategy(strategy),
    abortOnError: false,
    ...(logger ? { logger } : {}),
  });
  app.useGlobalFilters(new RethrowFilter());
  // Whatever is still open when everybody has been told, such as a connection to a Redis that is away, must not keep the process.
  app.enableShutdownHooks([], { useProcessExit: true });
  return app;
}
