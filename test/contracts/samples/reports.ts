import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

export const reports: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.submitReport, { reportId: uuid(1), note: 'Gửi kèm phụ lục số liệu.', seenVersion: 1 }),
  sample(contracts.returnReport, { reportId: uuid(1), reason: 'Thiếu số liệu mục 2.', resubmitOn: '2020-06-24' }),
  sample(contracts.acceptReport, { reportId: uuid(1) }),
  sample(contracts.listReports, { state: 'draft', agency: 'SCT', periodKey: '2020-06', limit: 50 }),
  sample(contracts.getReport, { reportId: uuid(1) }),
];
