import type { LoggerService } from '@nestjs/common';

/** Logs what nobody caught and ends the process with code 1, so that its supervisor starts a clean one. Call once, at boot. */
export function exitOnUncaught(logger: LoggerService): void {
  const end = (error: unknown): void => {
    (logger.fatal ?? logger.error).call(logger, 'Nobody caught this; the process ends', error);
    process.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}
