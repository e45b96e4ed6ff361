import { Module } from '@nestjs/common';
import { AgencyRepository } from '../agencies/agency.repository.js';
import { DocumentRepository } from '../documents/document.repository.js';
import { EscalationRepository } from '../escalations/escalation.repository.js';
import { ExtensionRepository } from '../extensions/extension.repository.js';
import { HandOver } from '../reassignments/hand-over.js';
import { HandOverRepository } from '../reassignments/hand-over.repository.js';
import { ObligationRepository } from './obligation.repository.js';
import { OpenObligations } from './open-obligations.js';
import { SettleObligation } from './settle-obligation.js';
import { SweepRepository } from '../sweep/sweep.repository.js';
import { TellSteps } from '../sweep/tell-steps.js';

const ledger = [
  ObligationRepository,
  OpenObligations,
  AgencyRepository,
  DocumentRepository,
  EscalationRepository,
  ExtensionRepository,
  SettleObligation,
  HandOver,
  HandOverRepository,
  SweepRepository,
  TellSteps,
];

/** The ledger itself: what every feature that owes or settles something writes to. */
@Module({ providers: ledger, exports: ledger })
export class LedgerModule {}
