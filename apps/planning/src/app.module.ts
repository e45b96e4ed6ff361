import { Module } from '@nestjs/common';
import { ClockModule, ConfigModule, Env, serviceEnv } from '#config';
import { MessagingModule, type MessagingOptions } from '#messaging';
import { StatusModule } from '#observability';
import { SchedulingModule } from '#scheduling';
import { AttachmentsModule } from './attachments/attachments.module.js';
import { AgenciesModule } from './agencies/agencies.module.js';
import { AgenciesSchedule } from './agencies/agencies.schedule.js';
import { DelegationsModule } from './delegations/delegations.module.js';
import { ConsolidationsModule } from './consolidations/consolidations.module.js';
import { ApprovalsModule } from './approvals/approvals.module.js';
import { BudgetModule } from './budget/budget.module.js';
import { DocumentsModule } from './documents/documents.module.js';
import { DocumentsSchedule } from './documents/documents.schedule.js';
import { EscalationsModule } from './escalations/escalations.module.js';
import { EscalationsSchedule } from './escalations/escalations.schedule.js';
import { ExtensionsModule } from './extensions/extensions.module.js';
import { HistoryModule } from './history/history.module.js';
import { InspectionsModule } from './inspections/inspections.module.js';
import { ObligationsModule } from './obligations/obligations.module.js';
import { SweepSchedule } from './sweep/sweep.schedule.js';
import { Database } from './persistence/database.js';
import { PersistenceModule } from './persistence/persistence.module.js';
import { PlansModule } from './plans/plans.module.js';
import { RuleFilesModule } from './plans/rule-files.module.js';
import { RatesModule } from './rates/rates.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { ReportsSchedule } from './reports/reports.schedule.js';
import { RequestsModule } from './requests/requests.module.js';
import { PlanningGauges } from './status/planning-gauges.js';
import { StatusConsumer } from './status/status.consumer.js';
import { SuspensionsModule } from './suspensions/suspensions.module.js';
import { SuspensionsSchedule } from './suspensions/suspensions.schedule.js';
import { TasksModule } from './tasks/tasks.module.js';
import { TrackingModule } from './tracking/tracking.module.js';

/** The planning service: what it stands on, and its features. */
@Module({
  imports: [
    ConfigModule.forService(serviceEnv),
    ClockModule,
    StatusModule,
    PersistenceModule,
    HistoryModule,
    RuleFilesModule,
    MessagingModule.forServiceAsync({
      inject: [Env, Database],
      useFactory: (env: Env, database: Database): MessagingOptions => ({
        service: 'planning',
        database,
        databaseUrl: env.get('DATABASE_URL'),
        redisUrl: env.get('REDIS_URL'),
        prefix: env.get('QUEUE_PREFIX'),
      }),
    }),
    SchedulingModule.register({
      service: 'planning',
      database: Database,
      sources: [ReportsSchedule, SweepSchedule, EscalationsSchedule, AgenciesSchedule, SuspensionsSchedule, DocumentsSchedule],
    }),
    PlansModule,
    ReportsModule,
    ConsolidationsModule,
    RequestsModule,
    ObligationsModule,
    EscalationsModule,
    AttachmentsModule,
    RatesModule,
    TasksModule,
    ExtensionsModule,
    AgenciesModule,
    InspectionsModule,
    DelegationsModule,
    ApprovalsModule,
    BudgetModule,
    SuspensionsModule,
    TrackingModule,
    DocumentsModule,
  ],
  providers: [PlanningGauges],
  controllers: [StatusConsumer],
})
export class AppModule {}
