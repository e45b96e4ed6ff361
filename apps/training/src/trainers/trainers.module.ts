import { Module } from '@nestjs/common';
import { ChangeInstitution } from './change-institution.js';
import { ChangeTrainer } from './change-trainer.js';
import { InstitutionsConsumer } from './institutions.consumer.js';
import { RecordAbsence } from './record-absence.js';
import { RecordInstitution } from './record-institution.js';
import { RecordTrainer } from './record-trainer.js';
import { RemoveAbsence } from './remove-absence.js';
import { RetireTrainer } from './retire-trainer.js';
import { TrainerRepository } from './trainer.repository.js';
import { TrainersConsumer } from './trainers.consumer.js';

@Module({
  controllers: [TrainersConsumer, InstitutionsConsumer],
  providers: [
    RecordInstitution,
    ChangeInstitution,
    RecordTrainer,
    ChangeTrainer,
    RetireTrainer,
    RecordAbsence,
    RemoveAbsence,
    TrainerRepository,
  ],
  exports: [TrainerRepository],
})
export class TrainersModule {}
