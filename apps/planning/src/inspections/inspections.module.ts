import { Module } from '@nestjs/common';
import { LedgerModule } from '../obligations/ledger.module.js';
import { AnswerFinding } from './answer-finding.js';
import { CancelInspection } from './cancel-inspection.js';
import { CloseFinding } from './close-finding.js';
import { HoldInspection } from './hold-inspection.js';
import { InspectionViews } from './inspection-view.repository.js';
import { InspectionRepository } from './inspection.repository.js';
import { FindingsConsumer, InspectionsConsumer } from './inspections.consumer.js';
import { PlanInspection } from './plan-inspection.js';
import { ReopenFinding } from './reopen-finding.js';

@Module({
  imports: [LedgerModule],
  controllers: [InspectionsConsumer, FindingsConsumer],
  providers: [
    PlanInspection,
    HoldInspection,
    CancelInspection,
    AnswerFinding,
    CloseFinding,
    ReopenFinding,
    InspectionRepository,
    InspectionViews,
  ],
})
export class InspectionsModule {}
