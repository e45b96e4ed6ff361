import { Controller } from '@nestjs/common';
import { reportingRates, type PayloadOf } from '#contracts';
import { On } from '#messaging';
import { CountRates } from './count-rates.js';

@Controller()
export class RatesConsumer {
  constructor(private readonly counting: CountRates) {}

  @On(reportingRates)
  count(asked: PayloadOf<typeof reportingRates>) {
    return this.counting.execute(asked);
  }
}
