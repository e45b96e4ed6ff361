import { Body, Controller, Get, Headers, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { getClass, getCourse, importNominations, type PayloadOf } from '#contracts';
import { CommandClient } from '#messaging/asking';
import { Executes } from '../http/answers.js';
import { SHEET_TYPES } from '../http/bodies.js';
import { download, fileTypes } from '../http/downloads.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { queryOf } from '../http/validation.js';
import { emptyForm, sheetIn } from './nomination-table.js';

const terms = queryOf(importNominations.payload.omit({ of: true, sheet: true, digest: true }));
type Terms = z.output<typeof terms>;
const bytes = { type: 'string', format: 'binary' } as const;
const body = { required: true, description: 'The file itself: XLSX, or CSV in UTF-8; at most 5 MB and 10,000 rows', schema: bytes };
const HOW =
  'Columns Lớp, Họ và tên, Đơn vị, Chức vụ, Lãnh đạo, Nhu cầu, Email, Điện thoại, in any order, as in GET /api/v1/nominations/form. All rows are taken or none, ' +
  'unless "skipFaulty" is true; refused as rows-faulty with the cell ("C7") of each fault. The same file again has no second effect: "importedBefore".';
/** Real milliseconds: ten thousand rows are one transaction. */
const PATIENCE = 60_000;

@ApiTags('Training')
@Controller('api/v1')
export class NominationImportsController {
  constructor(private readonly commands: CommandClient) {}

  @Post('courses/:courseId/nominations/import')
  @ApiConsumes(...SHEET_TYPES)
  @ApiBody(body)
  @Executes(importNominations.reply, 'Nominate many for the classes of a course, by a spreadsheet', `Each row names its class. ${HOW}`)
  async importForCourse(
    @Param({ schema: getCourse.payload }) of: PayloadOf<typeof getCourse>,
    @Query({ schema: terms }) asked: Terms,
    @Headers('content-type') type: string | undefined,
    @Body() file: unknown,
    @Identity() identity: RequestIdentity,
  ) {
    const sheet = await sheetIn(file, type, false);
    return this.commands.execute(importNominations, { ...asked, of, ...sheet }, { ...identity, timeoutMs: PATIENCE });
  }

  @Post('classes/:classId/nominations/import')
  @ApiConsumes(...SHEET_TYPES)
  @ApiBody(body)
  @Executes(importNominations.reply, 'Nominate many for a class, by a spreadsheet', `Needs no column Lớp. ${HOW}`)
  async importForClass(
    @Param({ schema: getClass.payload }) of: PayloadOf<typeof getClass>,
    @Query({ schema: terms }) asked: Terms,
    @Headers('content-type') type: string | undefined,
    @Body() file: unknown,
    @Identity() identity: RequestIdentity,
  ) {
    const sheet = await sheetIn(file, type, true);
    return this.commands.execute(importNominations, { ...asked, of, ...sheet }, { ...identity, timeoutMs: PATIENCE });
  }

  @Get('nominations/form')
  @ApiOperation({ summary: 'Download an empty list of nominations', description: 'A workbook with the columns that an import reads.' })
  @ApiProduces(fileTypes.xlsx)
  @ApiOkResponse({ schema: bytes, description: 'The form, to be saved' })
  async readNominationForm(): Promise<StreamableFile> {
    return download(await emptyForm(), 'xlsx', 'danh sách cử học viên.xlsx');
  }
}
