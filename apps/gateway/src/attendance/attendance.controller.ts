import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { readAttendance, recordAttendance, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf } from '../http/validation.js';

const classId = readAttendance.payload;
const sessionId = recordAttendance.payload.pick({ sessionId: true });
const marks = bodyOf(recordAttendance.payload.omit({ sessionId: true }));

@ApiTags('Training')
@Controller('api/v1')
export class AttendanceController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get('classes/:classId/attendance')
  @Answers(
    readAttendance.reply,
    'Read the attendance of a class',
    'Everybody enrolled with their marks by session. The sheet beside it is for printing and filling in.',
  )
  readAttendance(@Param({ schema: classId }) asked: PayloadOf<typeof readAttendance>) {
    return this.queries.ask(readAttendance, asked);
  }

  @Post('class-sessions/:sessionId/attendance')
  @Executes(
    recordAttendance.reply,
    'Record the attendance of a session',
    'Of a session that has begun, all at once or in parts. What is on record is corrected; with a "reason" once the class is completed, or three working days ' +
      'after the session. A correction never takes a certificate away: it is refused until that is revoked.',
  )
  recordAttendance(
    @Param({ schema: sessionId }) of: z.output<typeof sessionId>,
    @Body({ schema: marks }) body: z.output<typeof marks>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(recordAttendance, { ...of, ...body }, identity);
  }
}
