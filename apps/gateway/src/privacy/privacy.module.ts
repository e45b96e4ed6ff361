import { Module } from '@nestjs/common';
import { DataRequestsController } from './data-requests.controller.js';

@Module({ controllers: [DataRequestsController] })
export class PrivacyModule {}
