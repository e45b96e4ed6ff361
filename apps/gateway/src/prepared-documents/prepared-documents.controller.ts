import { Body, Controller, Get, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  discardPreparedDocument,
  getPreparedDocument,
  listPreparedDocuments,
  publishPreparedDocument,
  sendPreparedDocument,
  type PayloadOf,
  type ReplyOf,
} from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { AlsoAsFiles, download } from '../http/downloads.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';
import { asCsv, asWorkbook, fileName } from './document-table.js';

const documentId = getPreparedDocument.payload;
type DocumentId = PayloadOf<typeof getPreparedDocument>;
const form = queryOf(z.object({ format: z.enum(['json', 'csv', 'xlsx']).default('json') }));
const sending = bodyOf(sendPreparedDocument.payload.omit({ documentId: true }));
const publication = bodyOf(publishPreparedDocument.payload.omit({ documentId: true }));
const discarding = bodyOf(discardPreparedDocument.payload.omit({ documentId: true }));

@ApiTags('Prepared documents')
@Controller('api/v1/prepared-documents')
export class PreparedDocumentsController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get()
  @Answers(
    listPreparedDocuments.reply,
    'List prepared documents',
    'Items for the city office’s list and quarterly lists of late agencies; `state` prepared: they wait for a person.',
  )
  listPreparedDocuments(@Query({ schema: queryOf(listPreparedDocuments.payload) }) asked: PayloadOf<typeof listPreparedDocuments>) {
    return this.queries.ask(listPreparedDocuments, asked);
  }

  @Get(':documentId')
  @AlsoAsFiles('csv', 'xlsx')
  @Answers(
    getPreparedDocument.reply,
    'Read a prepared document',
    'With its content and history. `format` csv or xlsx answers with its table as a file, with headings in Vietnamese and English.',
  )
  async getPreparedDocument(
    @Param({ schema: documentId }) asked: DocumentId,
    @Query({ schema: form }) { format }: z.output<typeof form>,
  ): Promise<ReplyOf<typeof getPreparedDocument> | StreamableFile> {
    const document = await this.queries.ask(getPreparedDocument, asked);
    if (format === 'json') return document;
    const content = format === 'csv' ? asCsv(document) : await asWorkbook(document);
    return download(content, format, fileName(document, format));
  }

  @Post(':documentId/send')
  @Executes(
    sendPreparedDocument.reply,
    'Send an item to the city office',
    'A person of the standing agency sent it by an official letter, whose number is kept: it becomes a case of the city office, and its people get a mail.',
  )
  sendPreparedDocument(
    @Param({ schema: documentId }) of: DocumentId,
    @Body({ schema: sending }) body: z.output<typeof sending>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(sendPreparedDocument, { ...of, ...body }, identity);
  }

  @Post(':documentId/publish')
  @Executes(
    publishPreparedDocument.reply,
    'Publish the quarterly list of late agencies',
    'A person published it by the document whose number is kept. Nobody is written to.',
  )
  publishPreparedDocument(
    @Param({ schema: documentId }) of: DocumentId,
    @Body({ schema: publication }) body: z.output<typeof publication>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(publishPreparedDocument, { ...of, ...body }, identity);
  }

  @Post(':documentId/discard')
  @Executes(
    discardPreparedDocument.reply,
    'Discard a prepared document',
    'For a reason. What an item was about stays owed, as a case of the standing agency.',
  )
  discardPreparedDocument(
    @Param({ schema: documentId }) of: DocumentId,
    @Body({ schema: discarding }) body: z.output<typeof discarding>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(discardPreparedDocument, { ...of, ...body }, identity);
  }
}
