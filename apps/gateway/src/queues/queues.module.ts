import { Module } from '@nestjs/common';
import { DeadLettersController } from './dead-letters.controller.js';
import { LanesController } from './lanes.controller.js';

@Module({ controllers: [LanesController, DeadLettersController] })
export class QueuesModule {}
