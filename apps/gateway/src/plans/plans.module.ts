import { Module } from '@nestjs/common';
import { AgenciesController } from './agencies.controller.js';
import { PlansController } from './plans.controller.js';

@Module({ controllers: [PlansController, AgenciesController] })
export class PlansModule {}
