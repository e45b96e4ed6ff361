import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { auditLedger, type PayloadOf } from '#contracts';
import { QueryClient } from '#messaging/asking';
import { Answers } from '../http/answers.js';
import { queryOf } from '../http/validation.js';

@ApiTags('Obligations')
@Controller('api/v1/audit')
export class AuditController {
  constructor(private readonly queries: QueryClient) {}

  @Get()
  @Answers(
    auditLedger.reply,
    'Audit the ledger',
    'Open obligations without a next step or a recorded reason, and steps left behind. No findings: it holds.',
  )
  auditLedger(@Query({ schema: queryOf(auditLedger.payload) }) asked: PayloadOf<typeof auditLedger>) {
    return this.queries.ask(auditLedger, asked);
  }
}
