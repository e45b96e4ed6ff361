import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '#calendar';
import {
  auditLedger,
  extendObligation,
  forecastPlan,
  getObligation,
  listObligations,
  summarisePlan,
  waiveObligation,
  type PayloadOf,
} from '#contracts';
import { On, type Message } from '#messaging';
import { pageOf } from '../persistence/page.js';
import { AuditLedger } from './audit-ledger.js';
import { ExtendObligation } from './extend-obligation.js';
import { ForecastPlan } from './forecast-plan.js';
import { ObligationViews } from './obligation-view.repository.js';
import { WaiveObligation } from './waive-obligation.js';

const dayAndId = z.templateLiteral([z.iso.date(), '/', z.uuid()]);

@Controller()
export class ObligationsConsumer {
  constructor(
    private readonly extending: ExtendObligation,
    private readonly waiving: WaiveObligation,
    private readonly views: ObligationViews,
    private readonly auditing: AuditLedger,
    private readonly forecasting: ForecastPlan,
    private readonly clock: Clock,
  ) {}

  @On(extendObligation)
  extend(payload: PayloadOf<typeof extendObligation>, message: Message) {
    return this.extending.execute(payload, message);
  }

  @On(waiveObligation)
  waive(payload: PayloadOf<typeof waiveObligation>, message: Message) {
    return this.waiving.execute(payload, message);
  }

  @On(listObligations)
  list(ask: PayloadOf<typeof listObligations>) {
    const now = this.clock.now();
    return pageOf(
      ask,
      (limit, after) => this.views.list(ask, after, limit, now),
      (one) => `${one.dueOn}/${one.obligationId}`,
      dayAndId,
    );
  }

  @On(getObligation)
  get({ obligationId }: PayloadOf<typeof getObligation>) {
    return this.views.story(obligationId, this.clock.now());
  }

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
