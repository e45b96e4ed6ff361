import { Module } from '@nestjs/common';
import { LedgerModule } from '../obligations/ledger.module.js';
import { AgenciesConsumer } from './agencies.consumer.js';
import { AgenciesSchedule } from './agencies.schedule.js';
import { DissolveAgency } from './dissolve-agency.js';
import { PassOn, SuccessionLedger } from './pass-on.js';

@Module({
  imports: [LedgerModule],
  controllers: [AgenciesConsumer],
  providers: [DissolveAgency, PassOn, SuccessionLedger, AgenciesSchedule],
})
export class AgenciesModule {}
