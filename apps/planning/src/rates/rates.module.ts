import { Module } from '@nestjs/common';
import { CountRates } from './count-rates.js';
import { RatesConsumer } from './rates.consumer.js';
import { ReportingRatesRepository } from './reporting-rates.repository.js';

@Module({ controllers: [RatesConsumer], providers: [CountRates, ReportingRatesRepository] })
export class RatesModule {}
