import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

export const plans: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.importPlan, { fileName: '100-kh-ubnd-2020.yaml', yaml: 'document:\n  number: 100/KH-UBND\n' }),
  sample(contracts.listPlans, { limit: 50 }),
  sample(contracts.getPlan, { planId: uuid(6) }),
  sample(contracts.forecastPlan, { planId: uuid(6), from: '2020-06-01', to: '2020-12-31' }),
  sample(contracts.summarisePlan, { planId: uuid(6) }),
];
