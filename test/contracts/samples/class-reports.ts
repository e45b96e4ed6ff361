import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

const classId = uuid(25);

export const classReports: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.submitClassReport, { classId, content: 'Lớp đã hoàn thành đủ nội dung.', seenVersion: 10 }),
  sample(contracts.returnClassReport, { classId, reason: 'Bổ sung đánh giá của học viên.', dueOn: '2020-07-20' }),
  sample(contracts.getClassReport, { classId }),
];
