import { Body, Controller, Get, Headers, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Clock } from '#calendar';
import { readAttendance, recordAttendanceSheet, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Executes } from '../http/answers.js';
import { SHEET_TYPES } from '../http/bodies.js';
import { download, fileTypes } from '../http/downloads.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { queryOf } from '../http/validation.js';
import { attendanceSheet, marksIn, sheetName } from './attendance-table.js';

const classId = readAttendance.payload;
type ClassId = PayloadOf<typeof readAttendance>;
const terms = queryOf(recordAttendanceSheet.payload.omit({ classId: true, rows: true }));
const bytes = { type: 'string', format: 'binary' } as const;

@ApiTags('Training')
@Controller('api/v1/classes')
export class AttendanceSheetsController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
    private readonly clock: Clock,
  ) {}

  @Get(':classId/attendance/sheet')
  @ApiOperation({
    summary: 'Download the attendance sheet of a class',
    description: 'A workbook with a row for each person enrolled and a box for each session, to be filled in and sent back. Personal data.',
  })
  @ApiProduces(fileTypes.xlsx)
  @ApiOkResponse({ schema: bytes, description: 'The sheet, to be saved' })
  async readAttendanceSheet(@Param({ schema: classId }) of: ClassId): Promise<StreamableFile> {
    const attendance = await this.queries.ask(readAttendance, of);
    return download(await attendanceSheet(attendance, this.clock.now()), 'xlsx', sheetName(attendance));
  }

  @Post(':classId/attendance/sheet')
  @ApiConsumes(...SHEET_TYPES)
  @ApiBody({ required: true, description: 'The file itself: XLSX, or CSV in UTF-8', schema: bytes })
  @Executes(
    recordAttendanceSheet.reply,
    'Record attendance by a spreadsheet',
    'The sheet of the class, filled in as a whole or in parts: boxes say có mặt (x), muộn (m), có phép (p), vắng (v); an empty box says nothing. All of it is ' +
      'recorded or nothing; refused as sheet-refused with the cell ("E7") of each fault.',
  )
  async recordAttendanceSheet(
    @Param({ schema: classId }) of: ClassId,
    @Query({ schema: terms }) asked: z.output<typeof terms>,
    @Headers('content-type') type: string | undefined,
    @Body() file: unknown,
    @Identity() identity: RequestIdentity,
  ) {
    const rows = await marksIn(file, type, await this.queries.ask(readAttendance, of));
    return this.commands.execute(recordAttendanceSheet, { ...of, ...asked, rows }, identity);
  }
}
