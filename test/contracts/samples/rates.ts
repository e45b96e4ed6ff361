import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

export const rates: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.reportingRates, {
    planId: uuid(1),
    by: 'agency',
    from: '2020-06-01',
    to: '2020-09-30',
    requirement: 'BC-THANG',
    agency: 'SCT',
    asOf: '2020-09-30',
  }),
];
