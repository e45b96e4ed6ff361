import { Module } from '@nestjs/common';
import { StatusGauges } from '#observability';
import { AgenciesConsumer } from './agencies.consumer.js';
import { AgencyRepository } from './agency.repository.js';
import { KeepAgency } from './keep-agency.js';

@Module({ controllers: [AgenciesConsumer], providers: [AgencyRepository, KeepAgency], exports: [AgencyRepository] })
export class AgenciesModule {
  constructor(gauges: StatusGauges, agencies: AgencyRepository) {
    gauges.contribute(async () => [
      { name: 'dondoc_agencies', help: 'Agencies in the copy of this service', labels: {}, value: await agencies.count() },
    ]);
  }
}
