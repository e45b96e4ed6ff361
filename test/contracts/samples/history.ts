import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

export const history: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.readHistory, { subject: 'obligation', subjectId: uuid(2), limit: 50 }),
];
