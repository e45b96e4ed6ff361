import { Module } from '@nestjs/common';
import { InstitutionsController } from './institutions.controller.js';
import { TrainersController } from './trainers.controller.js';

@Module({ controllers: [TrainersController, InstitutionsController] })
export class TrainersModule {}
