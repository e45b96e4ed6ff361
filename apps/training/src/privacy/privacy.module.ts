import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies/agencies.module.js';
import { EnrolmentsModule } from '../enrolments/enrolments.module.js';
import { ObligationsModule } from '../obligations/obligations.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { TraineesModule } from '../trainees/trainees.module.js';
import { AnswerDataRequest } from './answer-data-request.js';
import { CompleteDataRequest } from './complete-data-request.js';
import { DataRequestRepository } from './data-request.repository.js';
import { ExtendDataRequest } from './extend-data-request.js';
import { ForgetExpired } from './forget-expired.js';
import { LeaveClasses } from './leave-classes.js';
import { PersonRepository } from './person.repository.js';
import { PrivacyConsumer } from './privacy.consumer.js';
import { PrivacySchedule } from './privacy.schedule.js';
import { RecordDataRequest } from './record-data-request.js';
import { RequestDesk } from './request-desk.js';
import { SettlePerson } from './settle-person.js';

@Module({
  imports: [AgenciesModule, EnrolmentsModule, TraineesModule, TasksModule, ObligationsModule],
  controllers: [PrivacyConsumer],
  providers: [
    RecordDataRequest,
    AnswerDataRequest,
    ExtendDataRequest,
    CompleteDataRequest,
    ForgetExpired,
    SettlePerson,
    LeaveClasses,
    RequestDesk,
    DataRequestRepository,
    PersonRepository,
    PrivacySchedule,
  ],
  exports: [PrivacySchedule],
})
export class PrivacyModule {}
