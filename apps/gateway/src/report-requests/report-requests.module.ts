import { Module } from '@nestjs/common';
import { ReportRequestsController } from './report-requests.controller.js';

@Module({ controllers: [ReportRequestsController] })
export class ReportRequestsModule {}
