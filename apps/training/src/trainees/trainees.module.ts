import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies/agencies.module.js';
import { TraineeRepository } from './trainee.repository.js';

@Module({ imports: [AgenciesModule], providers: [TraineeRepository], exports: [TraineeRepository] })
export class TraineesModule {}
