import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.js';
import { ObligationsController } from './obligations.controller.js';

@Module({ controllers: [ObligationsController, AuditController] })
export class ObligationsModule {}
