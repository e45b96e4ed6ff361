import { Module } from '@nestjs/common';
import { PreparedDocumentsController } from './prepared-documents.controller.js';

@Module({ controllers: [PreparedDocumentsController] })
export class PreparedDocumentsModule {}
