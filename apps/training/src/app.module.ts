import { Module } from '@nestjs/common';
import { ClockModule, ConfigModule, Env, serviceEnv } from '#config';
import { MessagingModule, type MessagingOptions } from '#messaging';
import { StatusModule } from '#observability';
import { SchedulingModule } from '#scheduling';
import { AgenciesModule } from './agencies/agencies.module.js';
import { AttendanceModule } from './attendance/attendance.module.js';
import { AttendanceSchedule } from './attendance/attendance.schedule.js';
import { CalendarModule } from './calendar/calendar.module.js';
import { CertificatesModule } from './certificates/certificates.module.js';
import { ClassReportsModule } from './class-reports/class-reports.module.js';
import { ClassReportsSchedule } from './class-reports/class-reports.schedule.js';
import { ClassesModule } from './classes/classes.module.js';
import { CourseFileModule } from './course-file/course-file.module.js';
import { CoursesModule } from './courses/courses.module.js';
import { EngagementsModule } from './engagements/engagements.module.js';
import { EngagementsSchedule } from './engagements/engagements.schedule.js';
import { EnrolmentsModule } from './enrolments/enrolments.module.js';
import { HistoryModule } from './history/history.module.js';
import { NoticesModule } from './notices/notices.module.js';
import { NoticesSchedule } from './notices/notices.schedule.js';
import { Database } from './persistence/database.js';
import { PersistenceModule } from './persistence/persistence.module.js';
import { PrivacyModule } from './privacy/privacy.module.js';
import { PrivacySchedule } from './privacy/privacy.schedule.js';
import { NominationImportsModule } from './nomination-imports/nomination-imports.module.js';
import { NominationsSchedule } from './quotas/nominations.schedule.js';
import { QuotasModule } from './quotas/quotas.module.js';
import { ProposalsModule } from './proposals/proposals.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { RostersModule } from './rosters/rosters.module.js';
import { RostersSchedule } from './rosters/rosters.schedule.js';
import { StatusConsumer } from './status/status.consumer.js';
import { TasksModule } from './tasks/tasks.module.js';
import { TrainersModule } from './trainers/trainers.module.js';
import { VenuesModule } from './venues/venues.module.js';

/** The training service: what it stands on, and its features. */
@Module({
  imports: [
    ConfigModule.forService(serviceEnv),
    ClockModule,
    StatusModule,
    PersistenceModule,
    HistoryModule,
    CalendarModule,
    MessagingModule.forServiceAsync({
      inject: [Env, Database],
      useFactory: (env: Env, database: Database): MessagingOptions => ({
        service: 'training',
        database,
        databaseUrl: env.get('DATABASE_URL'),
        redisUrl: env.get('REDIS_URL'),
        prefix: env.get('QUEUE_PREFIX'),
      }),
    }),
    SchedulingModule.register({
      service: 'training',
      database: Database,
      sources: [
        EngagementsSchedule,
        NominationsSchedule,
        AttendanceSchedule,
        ClassReportsSchedule,
        RostersSchedule,
        NoticesSchedule,
        PrivacySchedule,
      ],
    }),
    AgenciesModule,
    TasksModule,
    CoursesModule,
    VenuesModule,
    TrainersModule,
    ClassesModule,
    QuotasModule,
    EnrolmentsModule,
    AttendanceModule,
    CertificatesModule,
    ClassReportsModule,
    SessionsModule,
    RostersModule,
    NoticesModule,
    PrivacyModule,
    CourseFileModule,
    EngagementsModule,
    NominationImportsModule,
    ProposalsModule,
  ],
  controllers: [StatusConsumer],
})
export class AppModule {}
