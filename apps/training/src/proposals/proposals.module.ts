import { Module } from '@nestjs/common';
import { BookingsModule } from '../bookings/bookings.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { ConfirmSchedule } from './confirm-schedule.js';
import { ProposalRepository } from './proposal.repository.js';
import { ProposalsConsumer } from './proposals.consumer.js';
import { ProposeSchedule } from './propose-schedule.js';

@Module({
  imports: [SessionsModule, BookingsModule],
  controllers: [ProposalsConsumer],
  providers: [ProposeSchedule, ConfirmSchedule, ProposalRepository],
})
export class ProposalsModule {}
