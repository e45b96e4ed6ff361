import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

export const extensions: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.askExtension, {
    obligationId: uuid(2),
    wishedFor: '2020-06-30',
    reason: 'Chờ số liệu của các xã.',
    seenVersion: 1,
  }),
  sample(contracts.answerExtension, {
    extensionId: uuid(21),
    verdict: 'shorten',
    date: '2020-06-24',
    answer: 'Đồng ý lùi đến hết ngày 24/6.',
    ground: 'ordinary',
    seenVersion: 1,
  }),
  sample(contracts.withdrawExtension, { extensionId: uuid(21), reason: 'Đã có đủ số liệu.' }),
  sample(contracts.listExtensions, { state: 'asked', agency: 'SCT', limit: 50 }),
  sample(contracts.getExtension, { extensionId: uuid(21) }),
];
