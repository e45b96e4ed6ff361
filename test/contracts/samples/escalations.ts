import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

export const escalations: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.acknowledgeEscalation, { escalationId: uuid(3), until: '2020-06-26', note: 'Đã làm việc với đơn vị.' }),
  sample(contracts.assignEscalation, { escalationId: uuid(3), contactId: uuid(4), note: 'Giao theo dõi.', seenVersion: 1 }),
  sample(contracts.noteEscalation, { escalationId: uuid(3), note: 'Đơn vị hẹn nộp ngày 30/6.', seenVersion: 2 }),
  sample(contracts.resolveEscalation, { escalationId: uuid(3), reason: 'Đơn vị đã cam kết thời gian nộp.', seenVersion: 3 }),
  sample(contracts.listEscalations, {
    state: 'raised',
    agency: 'SCT',
    level: 'standing-agency',
    kind: 'overdue',
    assigneeId: uuid(4),
    limit: 50,
  }),
  sample(contracts.getEscalation, { escalationId: uuid(3) }),
];
