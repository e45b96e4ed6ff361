import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample } from './values.js';

export const status: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.planningStatus, {}),
  sample(contracts.notificationsStatus, {}),
  sample(contracts.trainingStatus, {}),
  sample(contracts.ceremonyStatus, {}),
];
