import { Module } from '@nestjs/common';
import { TrainersModule } from '../trainers/trainers.module.js';
import { VenuesModule } from '../venues/venues.module.js';
import { BookingRepository } from './booking.repository.js';

@Module({ imports: [VenuesModule, TrainersModule], providers: [BookingRepository], exports: [BookingRepository] })
export class BookingsModule {}
