import { Module } from '@nestjs/common';
import { EscalationRepository } from '../escalations/escalation.repository.js';
import { OpenObligations } from './open-obligations.js';
import { ObligationRepository } from './obligation.repository.js';
import { SettleObligation } from './settle-obligation.js';
import { SweepRepository } from './sweep.repository.js';

/** The ledger itself: what reports, obligations and escalations write to. */
@Module({
  providers: [ObligationRepository, OpenObligations, EscalationRepository, SettleObligation, SweepRepository],
  exports: [ObligationRepository, OpenObligations, EscalationRepository, SettleObligation, SweepRepository],
})
export class LedgerModule {}
