import { Module } from '@nestjs/common';
import { FindingsController } from './findings.controller.js';
import { InspectionsController } from './inspections.controller.js';

@Module({ controllers: [InspectionsController, FindingsController] })
export class InspectionsModule {}
