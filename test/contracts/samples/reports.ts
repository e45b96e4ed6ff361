import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

const figures = { events: 2, spending: 125.5, obstacles: 'Dịch bệnh', models: [{ name: 'Phố đi bộ', replicable: 1 }, { name: null }] };

export const reports: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.saveReportDraft, { reportId: uuid(1), note: 'Còn thiếu số liệu mục 2.', figures, seenVersion: 1 }),
  sample(contracts.submitReport, { reportId: uuid(1), note: 'Gửi kèm phụ lục số liệu.', seenVersion: 1 }),
  sample(contracts.returnReport, { reportId: uuid(1), reason: 'Thiếu số liệu mục 2.', resubmitOn: '2020-06-24' }),
  sample(contracts.acceptReport, { reportId: uuid(1) }),
  sample(contracts.reviseReport, { reportId: uuid(1), reason: 'Đính chính số liệu kinh phí.', seenVersion: 4 }),
  sample(contracts.listReports, { state: 'draft', agency: 'SCT', periodKey: '2020-06', limit: 50 }),
  sample(contracts.getReport, { reportId: uuid(1) }),
];
