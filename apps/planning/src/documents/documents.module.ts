import { Module } from '@nestjs/common';
import { LedgerModule } from '../obligations/ledger.module.js';
import { DiscardDocument } from './discard-document.js';
import { DocumentViews } from './document-view.repository.js';
import { DocumentsConsumer } from './documents.consumer.js';
import { DocumentsSchedule } from './documents.schedule.js';
import { PrepareQuarterlyLists } from './prepare-quarterly-lists.js';
import { PublishDocument } from './publish-document.js';
import { SendDocument } from './send-document.js';

@Module({
  imports: [LedgerModule],
  controllers: [DocumentsConsumer],
  providers: [SendDocument, PublishDocument, DiscardDocument, PrepareQuarterlyLists, DocumentViews, DocumentsSchedule],
})
export class DocumentsModule {}
