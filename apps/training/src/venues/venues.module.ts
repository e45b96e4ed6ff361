import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies/agencies.module.js';
import { ChangeVenue } from './change-venue.js';
import { RecordVenue } from './record-venue.js';
import { RetireVenue } from './retire-venue.js';
import { VenueRepository } from './venue.repository.js';
import { VenuesConsumer } from './venues.consumer.js';

@Module({
  imports: [AgenciesModule],
  controllers: [VenuesConsumer],
  providers: [RecordVenue, ChangeVenue, RetireVenue, VenueRepository],
  exports: [VenueRepository],
})
export class VenuesModule {}
