import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

export const tasks: readonly (readonly [Contract, unknown])[] = [sample(contracts.listTasks, { planId: uuid(6), lead: 'SCT', limit: 50 })];
