import { Module } from '@nestjs/common';
import { BookingsModule } from '../bookings/bookings.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { ConfirmSchedule } from './confirm-schedule.js';
import { ProposalsConsumer } from './proposals.consumer.js';
import { ProposeSchedule } from './propose-schedule.js';
import { ScheduleStock } from './schedule-stock.repository.js';

@Module({
  imports: [SessionsModule, BookingsModule],
  controllers: [ProposalsConsumer],
  providers: [ProposeSchedule, ConfirmSchedule, ScheduleStock],
})
export class ProposalsModule {}
