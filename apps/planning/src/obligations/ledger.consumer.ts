import { Controller } from '@nestjs/common';
import { Clock } from '#calendar';
import { auditLedger, forecastPlan, summarisePlan, type PayloadOf } from '#contracts';
import { On } from '#messaging';
import { AuditLedger } from './audit-ledger.js';
import { ForecastPlan } from '../sweep/forecast-plan.js';
import { ObligationViews } from './obligation-view.repository.js';

/** What the ledger as a whole says. */
@Controller()
export class LedgerConsumer {
  constructor(
    private readonly auditing: AuditLedger,
    private readonly forecasting: ForecastPlan,
    private readonly views: ObligationViews,
    private readonly clock: Clock,
  ) {}

  @On(auditLedger)
  audit() {
    return this.auditing.execute();
  }

  @On(forecastPlan)
  forecast(ask: PayloadOf<typeof forecastPlan>) {
    return this.forecasting.execute(ask);
  }

  @On(summarisePlan)
  summarise({ planId }: PayloadOf<typeof summarisePlan>) {
    return this.views.summary(planId, this.clock.now());
  }
}
