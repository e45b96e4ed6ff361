import { Module } from '@nestjs/common';
import { EnrolmentsModule } from '../enrolments/enrolments.module.js';
import { ImportNominations } from './import-nominations.js';
import { ImportRepository } from './import.repository.js';
import { NominationImportsConsumer } from './nomination-imports.consumer.js';

@Module({
  imports: [EnrolmentsModule],
  controllers: [NominationImportsConsumer],
  providers: [ImportNominations, ImportRepository],
})
export class NominationImportsModule {}
