import { Module } from '@nestjs/common';
import { AgenciesController } from './agencies.controller.js';
import { PlansController } from './plans.controller.js';
import { TasksController } from './tasks.controller.js';

@Module({ controllers: [PlansController, AgenciesController, TasksController] })
export class PlansModule {}
