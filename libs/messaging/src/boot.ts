import { type Type } from '@nestjs/common';
import { clockFrom } from '#calendar';
import { type Service, useSealingKeys } from '#contracts';
import { createLogger, exitOnUncaught, type LogFormat, type LogLevel, productVersion } from '#observability';
import { createService } from './service.js';
import { workedLanes } from './worked-lanes.js';

/** What a service must know before Nest starts; `serviceEnv` of #config has it all. */
export interface BootEnv {
  readonly LOG_LEVEL: LogLevel;
  readonly LOG_FORMAT: LogFormat;
  readonly REDIS_URL: string;
  readonly QUEUE_PREFIX: string;
  readonly SEAL_KEY: readonly string[];
  readonly CLOCK_START?: string | undefined;
  readonly CLOCK_SPEED?: string | undefined;
  readonly CLOCK_EPOCH?: number | undefined;
}

/**
 * The whole main of a service: environment, sealing keys, logger, lanes. Resolves when it works on its lanes; what keeps it from starting is written
 * in one piece and ends the process with code 1.
 */
export async function bootService(module: Type, options: { readonly service: Service; readonly readEnv: () => BootEnv }): Promise<void> {
  const env = readOrExit(options.readEnv);
  const clock = clockFrom(env);
  const logger = createLogger({ service: options.service, level: env.LOG_LEVEL, format: env.LOG_FORMAT, clock });
  exitOnUncaught(logger);
  try {
    useSealingKeys(env.SEAL_KEY);
    const { service } = options;
    const app = await createService(module, { service, clock, logger, redisUrl: env.REDIS_URL, prefix: env.QUEUE_PREFIX });
    await app.listen();
    logger.log('ready', { lanes: workedLanes(service).join(' '), version: productVersion(), startedInMs: Math.round(performance.now()) });
  } catch (error) {
    logger.error('The service does not start', error);
    process.exit(1);
  }
}

/** A bad environment is told without a stack: its message is the remedy. */
function readOrExit(readEnv: () => BootEnv): BootEnv {
  try {
    return readEnv();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
