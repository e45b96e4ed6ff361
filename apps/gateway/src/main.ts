import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Clock } from '#calendar';
import { Env, EnvironmentError, type GatewayEnv } from '#config';
import { createLogger } from '#observability';
import { AppModule } from './app.module.js';
import { configure } from './http/configure.js';

async function start(): Promise<void> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule, {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
    return503OnClosing: true,
  });
  const env = app.get<Env<GatewayEnv>>(Env);
  const logger = createLogger({ service: 'gateway', level: env.get('LOG_LEVEL'), format: env.get('LOG_FORMAT'), clock: app.get(Clock) });
  app.useLogger(logger);
  configure(app);
  app.enableShutdownHooks();
  await app.listen(env.get('PORT'), env.get('HOST'));
  logger.log(`Listening on ${await app.getUrl()}`);
}

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof EnvironmentError ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
});
