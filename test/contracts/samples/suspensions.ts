import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

export const suspensions: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.suspend, {
    planId: uuid(6),
    task: 'II.2.b',
    decision: '02/TB-BCĐ',
    reason: 'Phòng, chống dịch Covid-19.',
    fromOn: '2020-08-01',
    untilOn: '2020-08-31',
  }),
  sample(contracts.resume, { suspensionId: uuid(30), decision: '10/TB-BCĐ', reason: 'Dịch đã được kiểm soát.', seenVersion: 2 }),
  sample(contracts.listSuspensions, { planId: uuid(6), state: 'running', limit: 50 }),
  sample(contracts.getSuspension, { suspensionId: uuid(30) }),
];
