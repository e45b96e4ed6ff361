import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

const engagementId = uuid(40);
const token = 'mau-0123456789-abcdefghijklmnopqrstuvwxyz_01';

export const engagements: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.inviteTrainer, { engagementId, seenVersion: 1 }),
  sample(contracts.answerInvitation, { token, answer: 'declined', reason: 'Trùng lịch giảng.' }),
  sample(contracts.recordAnswer, { engagementId, answer: 'accepted', heard: 'Trả lời qua điện thoại, văn thư ghi nhận.', seenVersion: 2 }),
  sample(contracts.openInvitation, { token }),
  sample(contracts.listEngagements, { classId: uuid(25), trainerId: uuid(23), state: 'invited', limit: 50 }),
];
