import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

const requestId = uuid(40);

export const privacy: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.recordDataRequest, {
    traineeId: uuid(28),
    kind: 'erase',
    asked: 'Đến trực tiếp, xuất trình giấy giới thiệu của xã',
  }),
  sample(contracts.answerDataRequest, { requestId, how: 'Bằng văn bản', seenVersion: 1 }),
  sample(contracts.extendDataRequest, { requestId, reason: 'Phải xác minh với đơn vị', seenVersion: 2 }),
  sample(contracts.completeDataRequest, {
    requestId,
    outcome: 'Đã chỉnh sửa',
    refused: false,
    correction: { fullName: 'Trần Thị Mẫu', phone: null },
    seenVersion: 3,
  }),
  sample(contracts.listDataRequests, { traineeId: uuid(28), state: 'received', limit: 50 }),
  sample(contracts.exportPersonData, { requestId }),
];
