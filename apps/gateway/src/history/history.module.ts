import { Module } from '@nestjs/common';
import { HistoryController } from './history.controller.js';
import { TrainingHistoryController } from './training-history.controller.js';

@Module({ controllers: [HistoryController, TrainingHistoryController] })
export class HistoryModule {}
