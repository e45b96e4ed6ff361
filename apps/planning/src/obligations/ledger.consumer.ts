import { Controller } from '@nestjs/common';
import { auditLedger, forecastPlan, type PayloadOf } from '#contracts';
import { On } from '#messaging';
import { AuditLedger } from './audit-ledger.js';
import { ForecastPlan } from '../sweep/forecast-plan.js';

/** What the ledger as a whole says. */
@Controller()
export class LedgerConsumer {
  constructor(
    private readonly auditing: AuditLedger,
    private readonly forecasting: ForecastPlan,
  ) {}

  @On(auditLedger)
  audit() {
    return this.auditing.execute();
  }

  @On(forecastPlan)
  forecast(ask: PayloadOf<typeof forecastPlan>) {
    return this.forecasting.execute(ask);
  }
}
