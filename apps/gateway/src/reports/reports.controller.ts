import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  acceptReport,
  getReport,
  listReports,
  returnReport,
  reviseReport,
  saveReportDraft,
  submitReport,
  type PayloadOf,
} from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const reportId = getReport.payload;
type ReportId = PayloadOf<typeof getReport>;
const draft = bodyOf(saveReportDraft.payload.omit({ reportId: true }));
const submission = bodyOf(submitReport.payload.omit({ reportId: true }));
const returning = bodyOf(returnReport.payload.omit({ reportId: true }));
const acceptance = bodyOf(acceptReport.payload.omit({ reportId: true }));
const revision = bodyOf(reviseReport.payload.omit({ reportId: true }));

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
  @Answers(getReport.reply, 'Read a report', 'With the form of its figures, the draft, and every edition that was handed in.')
  getReport(@Param({ schema: reportId }) asked: ReportId) {
    return this.queries.ask(getReport, asked);
  }

  @Post(':reportId/draft')
  @Executes(
    saveReportDraft.reply,
    'Save the draft of a report',
    'Figures may be incomplete, but what is there fits the form. Only before the report is handed in, and after it was returned.',
  )
  saveReportDraft(
    @Param({ schema: reportId }) of: ReportId,
    @Body({ schema: draft }) body: z.output<typeof draft>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(saveReportDraft, { ...of, ...body }, identity);
  }

  @Post(':reportId/submit')
  @Executes(
    submitReport.reply,
    'Submit a report',
    'Fulfils its obligation; chasing stops. Without note and figures the saved draft is handed in. A consolidating report takes the accepted ones in.',
  )
  submitReport(
    @Param({ schema: reportId }) of: ReportId,
    @Body({ schema: submission }) body: z.output<typeof submission>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(submitReport, { ...of, ...body }, identity);
  }

  @Post(':reportId/return')
  @Executes(
    returnReport.reply,
    'Return a report to its agency',
    'The agency owes it again, by the given day or within three working days. What was consolidated leaves the consolidation.',
  )
  returnReport(
    @Param({ schema: reportId }) of: ReportId,
    @Body({ schema: returning }) body: z.output<typeof returning>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(returnReport, { ...of, ...body }, identity);
  }

  @Post(':reportId/accept')
  @Executes(acceptReport.reply, 'Accept a report', 'A consolidating report is closed with everything that is in it.')
  acceptReport(
    @Param({ schema: reportId }) of: ReportId,
    @Body({ schema: acceptance }) body: z.output<typeof acceptance>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(acceptReport, { ...of, ...body }, identity);
  }

  @Post(':reportId/revise')
  @Executes(
    reviseReport.reply,
    'Begin a new edition of a closed report',
    'The editions before are kept. Nothing is owed again and nobody is chased for it.',
  )
  reviseReport(
    @Param({ schema: reportId }) of: ReportId,
    @Body({ schema: revision }) body: z.output<typeof revision>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(reviseReport, { ...of, ...body }, identity);
  }
}
