import { Module } from '@nestjs/common';
import { SuspensionsController } from './suspensions.controller.js';

@Module({ controllers: [SuspensionsController] })
export class SuspensionsModule {}
