import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

export const escalations: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.acknowledgeEscalation, { escalationId: uuid(3), until: '2020-06-26', note: 'Đã làm việc với đơn vị.' }),
  sample(contracts.listEscalations, { state: 'raised', agency: 'SCT', limit: 50 }),
];
