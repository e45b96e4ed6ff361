import { ConsoleLogger, type INestMicroservice } from '@nestjs/common';
import { join } from 'node:path';
import { SystemClock } from '#calendar';
import { createService } from '#messaging';
import type { TestStack } from '#testing';
import { AppModule } from '../../apps/planning/src/app.module.js';
import { SEAL_KEY } from './under-test.js';

/** The planning service itself, on its lanes, its database and real time, in this process. */
export async function startPlanning(stack: TestStack): Promise<INestMicroservice> {
  const { redisUrl, prefix } = stack;
  Object.assign(process.env, {
    DATABASE_URL: stack.databaseUrl('planning'),
    REDIS_URL: redisUrl,
    QUEUE_PREFIX: prefix,
    SEAL_KEY,
    PLANS_DIR: join(import.meta.dirname, '../../plans'),
  });
  const logger = new ConsoleLogger({ logLevels: [] });
  const app = await createService(AppModule, { service: 'planning', clock: new SystemClock(), logger, redisUrl, prefix });
  await app.listen();
  return app;
}
