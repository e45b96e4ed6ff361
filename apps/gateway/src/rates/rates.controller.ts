import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { getPlan, reportingRates, type PayloadOf, type ReplyOf } from '#contracts';
import { QueryClient } from '#messaging/asking';
import { Answers } from '../http/answers.js';
import { AlsoAsFiles, download } from '../http/downloads.js';
import { queryOf } from '../http/validation.js';
import { asCsv, asWorkbook, fileName } from './rates-table.js';

const filters = queryOf(reportingRates.payload.omit({ planId: true }).extend({ format: z.enum(['json', 'csv', 'xlsx']).default('json') }));

@ApiTags('Plans')
@Controller('api/v1/plans')
export class RatesController {
  constructor(private readonly queries: QueryClient) {}

  @Get(':planId/reporting-rates')
  @AlsoAsFiles('csv', 'xlsx')
  @Answers(
    reportingRates.reply,
    'Read reporting rates by agency, level, requirement or period',
    'Expected and actual reports, reports on time, and their rates: by the first deadline, with extensions, with force majeure. `from` and `to` are days ' +
      'on which reports were due by their first deadline. `format` csv or xlsx answers with a file whose headings are Vietnamese and English.',
  )
  async readReportingRates(
    @Param({ schema: getPlan.payload }) { planId }: PayloadOf<typeof getPlan>,
    @Query({ schema: filters }) { format, ...asked }: z.output<typeof filters>,
  ): Promise<ReplyOf<typeof reportingRates> | StreamableFile> {
    const rates = await this.queries.ask(reportingRates, { planId, ...asked });
    if (format === 'json') return rates;
    const content = format === 'csv' ? asCsv(rates) : await asWorkbook(rates);
    return download(content, format, fileName(rates, format));
  }
}
