import { Controller } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, getPlan, importPlan, listPlans, summarisePlan, type PayloadOf } from '#contracts';
import { On, pageOf, type Message } from '#messaging';
import { ImportPlan } from './import-plan.js';
import { PlanFigures } from './plan-figures.repository.js';
import { PlanRepository } from './plan.repository.js';

@Controller()
export class PlansConsumer {
  constructor(
    private readonly importing: ImportPlan,
    private readonly plans: PlanRepository,
    private readonly figures: PlanFigures,
    private readonly clock: Clock,
  ) {}

  @On(importPlan)
  import(payload: PayloadOf<typeof importPlan>, message: Message) {
    return this.importing.execute(payload, message);
  }

  @On(listPlans)
  listPlans(ask: PayloadOf<typeof listPlans>) {
    return pageOf(
      ask,
      (limit, after) => this.plans.list({ limit, after }, this.clock.now()),
      (plan) => plan.planId,
    );
  }

  @On(getPlan)
  async getPlan({ planId }: PayloadOf<typeof getPlan>) {
    const plan = await this.plans.find(planId, this.clock.now());
    if (!plan) throw new DomainError('plan-not-found', `There is no plan ${planId}. GET /api/v1/plans lists them.`);
    return plan;
  }

  @On(summarisePlan)
  summarise({ planId }: PayloadOf<typeof summarisePlan>) {
    return this.figures.summary(planId, this.clock.now());
  }
}
