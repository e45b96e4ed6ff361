import { Module } from '@nestjs/common';
import { TraineeRepository } from './trainee.repository.js';

@Module({ providers: [TraineeRepository], exports: [TraineeRepository] })
export class TraineesModule {}
