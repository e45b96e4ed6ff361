import { Module } from '@nestjs/common';
import { ApprovalsConsumer } from './approvals.consumer.js';
import { DossierDecisionRepository } from './dossier-decision.repository.js';
import { KeepDecision } from './keep-decision.js';

@Module({ controllers: [ApprovalsConsumer], providers: [DossierDecisionRepository, KeepDecision], exports: [DossierDecisionRepository] })
export class ApprovalsModule {}
