import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { acceptReport, getReport, listReports, returnReport, submitReport, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const reportId = getReport.payload;
type ReportId = PayloadOf<typeof getReport>;
const submission = bodyOf(submitReport.payload.omit({ reportId: true }));
const returning = bodyOf(returnReport.payload.omit({ reportId: true }));
const acceptance = bodyOf(acceptReport.payload.omit({ reportId: true }));

@ApiTags('Reports')
@Controller('api/v1/reports')
export class ReportsController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get()
  @Answers(listReports.reply, 'List reports')
  listReports(@Query({ schema: queryOf(listReports.payload) }) asked: PayloadOf<typeof listReports>) {
    return this.queries.ask(listReports, asked);
  }

  @Get(':reportId')
  @Answers(getReport.reply, 'Read a report')
  getReport(@Param({ schema: reportId }) asked: ReportId) {
    return this.queries.ask(getReport, asked);
  }

  @Post(':reportId/submit')
  @Executes(submitReport.reply, 'Submit a report', 'Fulfils its obligation; chasing stops.')
  submitReport(
    @Param({ schema: reportId }) of: ReportId,
    @Body({ schema: submission }) body: z.output<typeof submission>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(submitReport, { ...of, ...body }, identity);
  }

  @Post(':reportId/return')
  @Executes(returnReport.reply, 'Return a report to its agency', 'The agency owes it again, by the given day or within three working days.')
  returnReport(
    @Param({ schema: reportId }) of: ReportId,
    @Body({ schema: returning }) body: z.output<typeof returning>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(returnReport, { ...of, ...body }, identity);
  }

  @Post(':reportId/accept')
  @Executes(acceptReport.reply, 'Accept a report')
  acceptReport(
    @Param({ schema: reportId }) of: ReportId,
    @Body({ schema: acceptance }) body: z.output<typeof acceptance>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(acceptReport, { ...of, ...body }, identity);
  }
}
