import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

export const approvals: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.openDossier, {
    planId: uuid(3),
    code: 'KH-SK-MIENBAC-2',
    kind: 'event-plan',
    title: 'Kế hoạch chi tiết sự kiện thứ hai gắn với văn hóa miền Bắc',
    titleEn: 'Detailed plan of the second event, with the culture of the North',
    task: 'II.1',
    submitter: 'SNNPTNT',
    approver: 'UBNDTP',
    submitBy: '2020-09-15',
    answerWithin: 10,
    gates: ['II.1'],
  }),
  sample(contracts.saveDossierDraft, {
    dossierId: uuid(1),
    summary: 'Địa điểm: phố đi bộ Trịnh Công Sơn\nThời gian: 5 ngày',
    content: { 'Số gian hàng': 150, 'Địa điểm': 'Phố đi bộ Trịnh Công Sơn' },
    seenVersion: 1,
  }),
  sample(contracts.submitDossier, { dossierId: uuid(1), seenVersion: 2 }),
  sample(contracts.returnDossier, { dossierId: uuid(1), remarks: 'Bổ sung phương án giao thông.', resubmitBy: '2020-09-25' }),
  sample(contracts.approveDossier, { dossierId: uuid(1), documentNumber: '4321/QĐ-UBND', documentDate: '2020-09-30' }),
  sample(contracts.withdrawDossier, { dossierId: uuid(1), reason: 'Sự kiện không tổ chức.' }),
  sample(contracts.dossierDecided, {
    dossierId: uuid(1),
    version: 5,
    planId: uuid(3),
    planDocument: '100/KH-UBND',
    code: 'KH-SK-MIENBAC',
    kind: 'event-plan',
    taskCode: 'II.1',
    outcome: 'approved',
    number: 2,
    approval: '4321/QĐ-UBND',
    approvedOn: '2020-09-30',
    at: '2020-09-30T08:00:00Z',
  }),
  sample(contracts.listDossiers, { planId: uuid(3), kind: 'event-plan', state: 'submitted', agency: 'SNNPTNT', limit: 50 }),
  sample(contracts.getDossier, { dossierId: uuid(1) }),
  sample(contracts.compareDossierVersions, { dossierId: uuid(1), from: 1, to: 2 }),
];
