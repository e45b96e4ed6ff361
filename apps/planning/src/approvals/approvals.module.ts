import { Module } from '@nestjs/common';
import { BudgetLinesModule } from '../budget/budget-lines.module.js';
import { LedgerModule } from '../obligations/ledger.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { ApprovalsConsumer } from './approvals.consumer.js';
import { ApproveDossier } from './approve-dossier.js';
import { DossierDuties } from './dossier-duties.js';
import { DossierViewRepository } from './dossier-view.repository.js';
import { DossierViewsConsumer } from './dossier-views.consumer.js';
import { DossierRepository } from './dossier.repository.js';
import { OpenDossier } from './open-dossier.js';
import { ReturnDossier } from './return-dossier.js';
import { SaveDossierDraft } from './save-dossier-draft.js';
import { SubmitDossier } from './submit-dossier.js';
import { SynchroniseDossiers } from './synchronise-dossiers.js';
import { WithdrawDossier } from './withdraw-dossier.js';

@Module({
  imports: [LedgerModule, BudgetLinesModule, TasksModule],
  controllers: [ApprovalsConsumer, DossierViewsConsumer],
  providers: [
    OpenDossier,
    SaveDossierDraft,
    SubmitDossier,
    ReturnDossier,
    ApproveDossier,
    WithdrawDossier,
    SynchroniseDossiers,
    DossierDuties,
    DossierRepository,
    DossierViewRepository,
  ],
  exports: [OpenDossier, SynchroniseDossiers],
})
export class ApprovalsModule {}
