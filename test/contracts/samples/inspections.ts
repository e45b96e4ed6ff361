import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

export const inspections: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.planInspection, { planId: uuid(6), taskId: uuid(9), agency: 'SCT', lead: 'SNNPTNT', plannedOn: '2020-07-15' }),
  sample(contracts.holdInspection, {
    inspectionId: uuid(10),
    heldOn: '2020-07-15',
    summary: 'Đã kiểm tra 02 điểm giới thiệu sản phẩm.',
    findings: [{ text: 'Điểm Bát Tràng chưa có biển hiệu.', remedy: 'Lắp biển hiệu theo mẫu.', due: '2020-07-31' }],
    seenVersion: 1,
  }),
  sample(contracts.cancelInspection, { inspectionId: uuid(10), reason: 'Dịch Covid-19.' }),
  sample(contracts.answerFinding, { findingId: uuid(11), answer: 'Đã lắp biển hiệu.' }),
  sample(contracts.closeFinding, { findingId: uuid(11) }),
  sample(contracts.reopenFinding, { findingId: uuid(11), reason: 'Biển hiệu chưa đúng mẫu.', due: '2020-08-10' }),
  sample(contracts.listInspections, { planId: uuid(6), agency: 'SCT', state: 'held', finding: 'open', limit: 50 }),
  sample(contracts.getInspection, { inspectionId: uuid(10) }),
];
