import { Controller } from '@nestjs/common';
import { DomainError, getPlan, importPlan, listPlans, type PayloadOf } from '#contracts';
import { On, type Message } from '#messaging';
import { pageOf } from '../persistence/page.js';
import { ImportPlan } from './import-plan.js';
import { PlanRepository } from './plan.repository.js';

@Controller()
export class PlansConsumer {
  constructor(
    private readonly importing: ImportPlan,
    private readonly plans: PlanRepository,
  ) {}

  @On(importPlan)
  import(payload: PayloadOf<typeof importPlan>, message: Message) {
    return this.importing.execute(payload, message);
  }

  @On(listPlans)
  listPlans(ask: PayloadOf<typeof listPlans>) {
    return pageOf(
      ask,
      (limit, after) => this.plans.list({ limit, after }),
      (plan) => plan.planId,
    );
  }

  @On(getPlan)
  async getPlan({ planId }: PayloadOf<typeof getPlan>) {
    const plan = await this.plans.find(planId);
    if (!plan) throw new DomainError('plan-not-found', `There is no plan ${planId}. GET /api/v1/plans lists them.`);
    return plan;
  }
}
