import { Module } from '@nestjs/common';
import { ClockModule, ConfigModule, Env, gatewayEnv, type GatewayEnv } from '#config';
import { useSealingKeys } from '#contracts';
import { AskingModule } from '#messaging/asking';
import { DelegationsModule } from './delegations/delegations.module.js';
import { ConsolidationsModule } from './consolidations/consolidations.module.js';
import { ApprovalsModule } from './approvals/approvals.module.js';
import { AttachmentsModule } from './attachments/attachments.module.js';
import { BudgetModule } from './budget/budget.module.js';
import { AttendanceModule } from './attendance/attendance.module.js';
import { CertificatesModule } from './certificates/certificates.module.js';
import { ClassReportsModule } from './class-reports/class-reports.module.js';
import { ClassesModule } from './classes/classes.module.js';
import { CoursesModule } from './courses/courses.module.js';
import { EngagementsModule } from './engagements/engagements.module.js';
import { EscalationsModule } from './escalations/escalations.module.js';
import { ExtensionsModule } from './extensions/extensions.module.js';
import { HealthModule } from './health/health.module.js';
import { HistoryModule } from './history/history.module.js';
import { Drain } from './http/drain.js';
import { InspectionsModule } from './inspections/inspections.module.js';
import { InvitationsModule } from './invitations/invitations.module.js';
import { LinksModule } from './links/links.module.js';
import { MessagesModule } from './messages/messages.module.js';
import { PrivacyModule } from './privacy/privacy.module.js';
import { NominationsModule } from './nominations/nominations.module.js';
import { ObligationsModule } from './obligations/obligations.module.js';
import { PlansModule } from './plans/plans.module.js';
import { PreparedDocumentsModule } from './prepared-documents/prepared-documents.module.js';
import { QueuesModule } from './queues/queues.module.js';
import { RatesModule } from './rates/rates.module.js';
import { ReportRequestsModule } from './report-requests/report-requests.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { ProposalsModule } from './proposals/proposals.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { RostersModule } from './rosters/rosters.module.js';
import { SuspensionsModule } from './suspensions/suspensions.module.js';
import { TasksModule } from './tasks/tasks.module.js';
import { TrainersModule } from './trainers/trainers.module.js';
import { VenuesModule } from './venues/venues.module.js';

@Module({
  imports: [
    ConfigModule.forService(gatewayEnv),
    ClockModule,
    AskingModule.forRootAsync({
      inject: [Env],
      useFactory: (env: Env<GatewayEnv>) => ({ redisUrl: env.get('REDIS_URL'), prefix: env.get('QUEUE_PREFIX') }),
    }),
    PlansModule,
    ObligationsModule,
    ReportsModule,
    ConsolidationsModule,
    ReportRequestsModule,
    EscalationsModule,
    RatesModule,
    ExtensionsModule,
    DelegationsModule,
    ApprovalsModule,
    BudgetModule,
    AttachmentsModule,
    HistoryModule,
    MessagesModule,
    QueuesModule,
    HealthModule,
    LinksModule,
    SuspensionsModule,
    TasksModule,
    InspectionsModule,
    PreparedDocumentsModule,
    NominationsModule,
    PrivacyModule,
    CoursesModule,
    VenuesModule,
    TrainersModule,
    ClassesModule,
    RostersModule,
    AttendanceModule,
    CertificatesModule,
    ClassReportsModule,
    SessionsModule,
    EngagementsModule,
    InvitationsModule,
    ProposalsModule,
  ],
  providers: [Drain],
})
export class AppModule {
  constructor(env: Env<GatewayEnv>) {
    useSealingKeys(env.get('SEAL_KEY'));
  }
}
