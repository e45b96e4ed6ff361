import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { consolidateReports, excludeReport, getConsolidation, includeReport, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf } from '../http/validation.js';

/** The report that consolidates. */
const reportId = getConsolidation.payload;
type ReportId = PayloadOf<typeof getConsolidation>;
const consolidating = bodyOf(consolidateReports.payload.omit({ upwardReportId: true }));
const exclusion = bodyOf(excludeReport.payload.omit({ upwardReportId: true }));
const inclusion = bodyOf(includeReport.payload.omit({ upwardReportId: true }));

@ApiTags('Consolidations')
@Controller('api/v1/reports/:reportId/consolidation')
export class ConsolidationsController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get()
  @Answers(
    getConsolidation.reply,
    'Read the consolidation of a report',
    'Which reports are in, ready, missing (and how far chased) or excluded (and why), and what the figures of those in add up to.',
  )
  getConsolidation(@Param({ schema: reportId }) asked: ReportId) {
    return this.queries.ask(getConsolidation, asked);
  }

  @Post()
  @Executes(
    consolidateReports.reply,
    'Consolidate the accepted reports',
    'Every accepted report is taken in, the others are put down as missing. May be repeated until the consolidating report is handed in.',
  )
  consolidateReports(
    @Param({ schema: reportId }) of: ReportId,
    @Body({ schema: consolidating }) body: z.output<typeof consolidating>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(consolidateReports, { upwardReportId: of.reportId, ...body }, identity);
  }

  @Post('exclude')
  @Executes(
    excludeReport.reply,
    'Exclude a report from a consolidation',
    'With a reason. What has not been handed in is no longer owed; reversible while the consolidating report is being written.',
  )
  excludeReport(
    @Param({ schema: reportId }) of: ReportId,
    @Body({ schema: exclusion }) body: z.output<typeof exclusion>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(excludeReport, { upwardReportId: of.reportId, ...body }, identity);
  }

  @Post('include')
  @Executes(
    includeReport.reply,
    'Include an excluded report again',
    'What the exclusion waived is owed again: by the later of its deadline and three working days from now.',
  )
  includeReport(
    @Param({ schema: reportId }) of: ReportId,
    @Body({ schema: inclusion }) body: z.output<typeof inclusion>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(includeReport, { upwardReportId: of.reportId, ...body }, identity);
  }
}
