import { Module } from '@nestjs/common';
import { LedgerModule } from '../obligations/ledger.module.js';
import { RequestReports } from './request-reports.js';
import { RequestRepository } from './request.repository.js';
import { RequestsConsumer } from './requests.consumer.js';
import { WithdrawRequest } from './withdraw-request.js';

@Module({
  imports: [LedgerModule],
  controllers: [RequestsConsumer],
  providers: [RequestReports, WithdrawRequest, RequestRepository],
})
export class RequestsModule {}
