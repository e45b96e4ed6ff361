import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { clockFrom } from '#calendar';
import { gatewayEnv, loadEnv, type GatewayEnv } from '#config';
import { createLogger, exitOnUncaught, productVersion } from '#observability';
import { AppModule } from './app.module.js';
import { configure } from './http/configure.js';

/** A bad environment is told without a stack: its message is the remedy. */
function readOrExit(): GatewayEnv {
  try {
    return loadEnv(gatewayEnv);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

const env = readOrExit();
const logger = createLogger({ service: 'gateway', level: env.LOG_LEVEL, format: env.LOG_FORMAT, clock: clockFrom(env) });
exitOnUncaught(logger);
try {
  const app = await NestFactory.create<NestExpressApplication>(AppModule, {
    logger,
    bodyParser: false,
    abortOnError: false,
    return503OnClosing: true,
  });
  configure(app);
  app.enableShutdownHooks([], { useProcessExit: true });
  await app.listen(env.PORT, env.HOST);
  const address = await app.getUrl();
  logger.log('ready', { address, version: productVersion(), startedInMs: Math.round(performance.now()) });
} catch (error) {
  logger.error('The gateway does not start', error);
  process.exit(1);
}
