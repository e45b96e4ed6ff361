import { Global, Module } from '@nestjs/common';
import { Clock, clockFrom } from '#calendar';
import { Env } from './env.js';

/** Provides {@link Clock} to every module of the process: the system's, or the rehearsal clock that the environment asks for. */
@Global()
@Module({
  providers: [
    {
      provide: Clock,
      inject: [Env],
      useFactory: (env: Env) =>
        clockFrom({ CLOCK_START: env.get('CLOCK_START'), CLOCK_SPEED: env.get('CLOCK_SPEED'), CLOCK_EPOCH: env.get('CLOCK_EPOCH') }),
    },
  ],
  exports: [Clock],
})
export class ClockModule {}
