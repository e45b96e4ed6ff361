import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  addAttachment,
  ATTACHMENT_LIMIT,
  attachmentFileName,
  getAttachment,
  listAttachments,
  removeAttachment,
  type PayloadOf,
} from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { UPLOAD_TYPES } from '../http/bodies.js';
import type { Request, Response } from '../http/exchange.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';
import { mediaTypes } from './file-type.js';
import { piecesOf } from './pieces.js';
import { ReceiveAttachment } from './receive-attachment.js';
import { SendContent } from './send-content.js';

const attachmentId = getAttachment.payload;
type AttachmentId = PayloadOf<typeof getAttachment>;
const upload = queryOf(
  z.object({ ...addAttachment.payload.pick({ subject: true, subjectId: true }).shape, fileName: attachmentFileName() }),
);
const removal = bodyOf(removeAttachment.payload.omit({ attachmentId: true }));
const bytes = { type: 'string', format: 'binary' } as const;

@ApiTags('Attachments')
@Controller('api/v1/attachments')
export class AttachmentsController {
  constructor(
    private readonly receiving: ReceiveAttachment,
    private readonly sending: SendContent,
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Post()
  @ApiConsumes(...UPLOAD_TYPES)
  @ApiBody({ required: true, description: `The file itself, at most ${ATTACHMENT_LIMIT} bytes (20 MB)`, schema: bytes })
  @Executes(
    addAttachment.reply,
    'Attach a file to a report, a dossier, a task or a finding',
    'PDF, DOCX, XLSX, PNG, JPEG or WebP, at most 20 to a thing. What the file is decides its content, and its name must end accordingly; a file that is encrypted, ' +
      'has macros, is broken, is two things at once, or that the virus scanner knows is refused. The same content again is the attachment that is there.',
  )
  attachFile(@Query({ schema: upload }) asked: z.output<typeof upload>, @Identity() identity: RequestIdentity, @Req() request: Request) {
    return this.receiving.execute(asked, piecesOf(request), identity);
  }

  @Get()
  @Answers(listAttachments.reply, 'List the attachments of a thing')
  listAttachments(@Query({ schema: queryOf(listAttachments.payload) }) asked: PayloadOf<typeof listAttachments>) {
    return this.queries.ask(listAttachments, asked);
  }

  @Get(':attachmentId')
  @Answers(getAttachment.reply, 'Read about an attachment')
  getAttachment(@Param({ schema: attachmentId }) asked: AttachmentId) {
    return this.queries.ask(getAttachment, asked);
  }

  @Get(':attachmentId/content')
  @ApiOperation({
    summary: 'Download the file of an attachment',
    description:
      'Checked against its digest on the way: a file that is broken in the store never arrives whole. The ETag is the SHA-256 of the content.',
  })
  @ApiProduces(...mediaTypes)
  @ApiOkResponse({ schema: bytes, description: 'The file, to be saved under its name' })
  downloadAttachment(
    @Param({ schema: attachmentId }) asked: AttachmentId,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.sending.execute(asked.attachmentId, request, response);
  }

  @Post(':attachmentId/remove')
  @Executes(
    removeAttachment.reply,
    'Remove an attachment',
    'Only while its thing can still change. It leaves the list; the record of it stays.',
  )
  removeAttachment(
    @Param({ schema: attachmentId }) of: AttachmentId,
    @Body({ schema: removal }) body: z.output<typeof removal>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(removeAttachment, { ...of, ...body }, identity);
  }
}
