import { Module } from '@nestjs/common';
import { EscalationRepository } from '../escalations/escalation.repository.js';
import { ObligationRepository } from './obligation.repository.js';
import { SettleObligation } from './settle-obligation.js';
import { SweepRepository } from './sweep.repository.js';

/** The ledger itself: what reports, obligations and escalations write to. */
@Module({
  providers: [ObligationRepository, EscalationRepository, SettleObligation, SweepRepository],
  exports: [ObligationRepository, EscalationRepository, SettleObligation, SweepRepository],
})
export class LedgerModule {}
