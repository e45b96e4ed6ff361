import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

const decided = { decision: '1234/QĐ-UBND', reason: 'Giao bổ sung dự toán.' };

export const budget: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.addBudgetLine, { planId: uuid(6), task: 'IV.1', source: 'NS-SNN-2020', amount: 200_000_000, ...decided }),
  sample(contracts.changeBudgetAmount, { lineId: uuid(30), amount: 1_500_000_000, ...decided, seenVersion: 1 }),
  sample(contracts.retireBudgetLine, { lineId: uuid(30), reason: 'Nhập nhầm nhiệm vụ.', seenVersion: 2 }),
  sample(contracts.recordExpenditure, {
    lineId: uuid(30),
    amount: 350_000_000,
    spentOn: '2020-07-20',
    documentNumber: 'UNC 45',
    note: 'Thuê gian hàng',
    seenVersion: 2,
  }),
  sample(contracts.reverseExpenditure, { expenditureId: uuid(31), documentNumber: 'UNC 45', reason: 'Ghi nhầm số tiền.' }),
  sample(contracts.declareShortfall, {
    planId: uuid(6),
    source: 'NS-SCT-2020',
    agency: 'SCT',
    amount: 900_000_000,
    reason: 'Không tự cân đối được.',
  }),
  sample(contracts.withdrawShortfall, { shortfallId: uuid(32), reason: 'Đã tự cân đối được.', seenVersion: 1 }),
  sample(contracts.requestSupplement, {
    shortfallId: uuid(32),
    task: 'II.2',
    code: 'BS-KP-2020',
    title: 'Đề xuất bổ sung kinh phí các điểm giới thiệu sản phẩm OCOP',
    titleEn: 'Proposal of a supplement for the points of introduction',
    amount: 900_000_000,
    submitBy: '2020-08-15',
    answerWithin: 10,
    seenVersion: 1,
  }),
  sample(contracts.getBudget, { planId: uuid(6) }),
  sample(contracts.listExpenditures, { lineId: uuid(30), limit: 50 }),
];
