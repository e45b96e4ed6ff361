import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

export const documents: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.sendPreparedDocument, {
    documentId: uuid(40),
    letterNumber: '1888/SNN-KHTC',
    note: 'Kính báo cáo Văn phòng.',
    seenVersion: 1,
  }),
  sample(contracts.publishPreparedDocument, { documentId: uuid(41), documentNumber: '35/TB-SNN', seenVersion: 1 }),
  sample(contracts.discardPreparedDocument, { documentId: uuid(40), reason: 'Đơn vị đã cam kết nộp trong tuần.', seenVersion: 1 }),
  sample(contracts.listPreparedDocuments, { planId: uuid(6), kind: 'city-list-item', state: 'prepared', limit: 50 }),
  sample(contracts.getPreparedDocument, { documentId: uuid(40) }),
];
