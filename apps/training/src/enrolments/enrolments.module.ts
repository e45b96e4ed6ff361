import { Module } from '@nestjs/common';
import { AnnouncementsModule } from '../announcements/announcements.module.js';
import { ClassesModule } from '../classes/classes.module.js';
import { QuotasModule } from '../quotas/quotas.module.js';
import { TraineesModule } from '../trainees/trainees.module.js';
import { EnrolPeople } from './enrol-people.js';
import { EnrolmentDesk } from './enrolment-desk.js';
import { EnrolmentViews } from './enrolment-view.repository.js';
import { EnrolmentRepository } from './enrolment.repository.js';
import { EnrolmentsConsumer } from './enrolments.consumer.js';
import { EnrolmentsFollowClass } from './follow-class.js';
import { MoveUp } from './move-up.js';
import { Nominate } from './nominate.js';
import { TellPromoted } from './tell-promoted.js';
import { TraineeTimes } from './times.repository.js';
import { WithdrawEnrolment } from './withdraw-enrolment.js';

@Module({
  imports: [AnnouncementsModule, ClassesModule, QuotasModule, TraineesModule],
  controllers: [EnrolmentsConsumer],
  providers: [
    Nominate,
    WithdrawEnrolment,
    EnrolPeople,
    MoveUp,
    TellPromoted,
    EnrolmentsFollowClass,
    EnrolmentDesk,
    EnrolmentRepository,
    EnrolmentViews,
    TraineeTimes,
  ],
  exports: [EnrolmentDesk, EnrolmentRepository, EnrolPeople, MoveUp],
})
export class EnrolmentsModule {}
