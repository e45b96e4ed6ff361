import { Module } from '@nestjs/common';
import { ClassReportsController } from './class-reports.controller.js';

@Module({ controllers: [ClassReportsController] })
export class ClassReportsModule {}
