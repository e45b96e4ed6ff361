import { Module } from '@nestjs/common';
import { EnrolmentsController } from './enrolments.controller.js';
import { NominationImportsController } from './nomination-imports.controller.js';
import { QuotasController } from './quotas.controller.js';

@Module({ controllers: [QuotasController, EnrolmentsController, NominationImportsController] })
export class NominationsModule {}
