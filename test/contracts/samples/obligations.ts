import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

export const obligations: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.extendObligation, {
    obligationId: uuid(2),
    deadline: { word: 'NO_LATER_THAN', date: '2020-06-30' },
    reason: 'Dịch Covid-19',
  }),
  sample(contracts.reassignObligation, {
    obligationId: uuid(2),
    toAgency: 'STC',
    reason: 'Điều chỉnh phân công nhiệm vụ.',
    decision: '1234/QĐ-UBND',
  }),
  sample(contracts.waiveObligation, { obligationId: uuid(2), reason: 'Không phát sinh nhiệm vụ trong kỳ.' }),
  sample(contracts.obligationsSettled, { obligationIds: [uuid(2)], outcome: 'fulfilled', at: '2020-06-16T08:00:00Z' }),
  sample(contracts.listObligations, {
    state: 'open',
    overdue: true,
    agency: 'SCT',
    level: 'chase-1',
    dueFrom: '2020-06-01',
    dueTo: '2020-06-30',
    limit: 50,
  }),
  sample(contracts.getObligation, { obligationId: uuid(2) }),
  sample(contracts.auditLedger, {}),
  sample(contracts.trackObligation, {
    obligationId: uuid(2),
    version: 1,
    planId: uuid(6),
    taskId: uuid(9),
    kind: 'nomination-list',
    title: 'Danh sách cử học viên',
    titleEn: 'List of nominated trainees',
    period: 'lớp TH-BATTRANG-01',
    periodEn: 'class TH-BATTRANG-01',
    debtor: 'UBND-GIALAM',
    creditor: 'SNNPTNT',
    deadline: { word: 'NO_LATER_THAN', date: '2020-07-03' },
    state: 'open',
    reason: 'mở đăng ký',
  }),
];
