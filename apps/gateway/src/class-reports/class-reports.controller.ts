import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { getClassReport, returnClassReport, submitClassReport, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf } from '../http/validation.js';

const classId = getClassReport.payload;
type ClassId = PayloadOf<typeof getClassReport>;
const report = bodyOf(submitClassReport.payload.omit({ classId: true }));
const returning = bodyOf(returnClassReport.payload.omit({ classId: true }));

@ApiTags('Training')
@Controller('api/v1/classes')
export class ClassReportsController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get(':classId/report')
  @Answers(getClassReport.reply, 'Read the report on a class', 'With the figures as they were when it was handed in, and as they are now.')
  getClassReport(@Param({ schema: classId }) asked: ClassId) {
    return this.queries.ask(getClassReport, asked);
  }

  @Post(':classId/report')
  @Executes(
    submitClassReport.reply,
    'Hand in the report on a class',
    'Of a class that is certified. Figures are counted, not typed. Planning is told how far the task is by it.',
  )
  submitClassReport(
    @Param({ schema: classId }) of: ClassId,
    @Body({ schema: report }) body: z.output<typeof report>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(submitClassReport, { ...of, ...body }, identity);
  }

  @Post(':classId/report/return')
  @Executes(
    returnClassReport.reply,
    'Return the report on a class',
    'With a reason; it is owed anew, by "dueOn" or within three working days.',
  )
  returnClassReport(
    @Param({ schema: classId }) of: ClassId,
    @Body({ schema: returning }) body: z.output<typeof returning>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(returnClassReport, { ...of, ...body }, identity);
  }
}
