import { Global, Module } from '@nestjs/common';
import { processGauges, StatusGauges } from './status-gauges.js';

function gaugesOfTheProcess(): StatusGauges {
  const gauges = new StatusGauges();
  gauges.contribute(processGauges());
  return gauges;
}

/** Provides {@link StatusGauges} to every module of the process; memory and event loop are in it. */
@Global()
@Module({ providers: [{ provide: StatusGauges, useFactory: gaugesOfTheProcess }], exports: [StatusGauges] })
export class StatusModule {}
