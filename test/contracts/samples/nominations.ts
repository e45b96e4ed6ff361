import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

const classId = uuid(25);
const enrolmentId = uuid(27);
const agency = 'UBND-GIALAM';
const reason = 'Theo đề nghị của đơn vị.';
const basis = { agency, legalBasis: 'state-task', basis: '100/KH-UBND', noticeVersion: '2020-05' } as const;

export const nominations: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.openNominations, {
    classId,
    quotas: [{ agency, seats: 3, leaderSeats: 1, deadline: '2020-06-26' }],
    deadline: '2020-06-24',
    seenVersion: 1,
  }),
  sample(contracts.closeNominations, { classId, reason, seenVersion: 2 }),
  sample(contracts.addQuota, { classId, agency: 'SNNPTNT', seats: 2, leaderSeats: 0, deadline: '2020-06-26', reason }),
  sample(contracts.changeQuota, { classId, agency, changes: { seats: 4, deadline: '2020-06-29' }, reason, seenVersion: 1 }),
  sample(contracts.removeQuota, { classId, agency, reason, seenVersion: 1 }),
  sample(contracts.completeNominations, { classId, agency, reason: 'Không bố trí được thêm người.', seenVersion: 1 }),
  sample(contracts.nominate, {
    classId,
    ...basis,
    person: {
      fullName: 'Trần Thị Mẫu',
      unit: 'Hợp tác xã gốm Mẫu',
      position: 'Xã viên',
      needs: 'Kỹ năng thuyết minh',
      email: 'mau@hop-tac-xa.example',
      phone: '0900 000 000',
      language: 'vi',
    },
    leader: false,
    late: 'Bổ sung theo đề nghị của xã.',
  }),
  sample(contracts.importNominations, {
    ...basis,
    of: { courseId: uuid(20) },
    sheet: JSON.stringify({
      letters: { class: 'A', fullName: 'B', unit: 'C', position: 'D', leader: 'E', needs: 'F', email: 'G', phone: 'H' },
      rows: [[2, ['LOP-A-01', 'Trần Thị Mẫu', 'Hợp tác xã gốm Mẫu', '', 'x', '', '', '']]],
    }),
    digest: 'A'.repeat(43),
    skipFaulty: false,
  }),
  sample(contracts.withdrawEnrolment, { enrolmentId, reason: 'Bận công tác đột xuất.', seenVersion: 1 }),
  sample(contracts.listQuotas, { classId }),
  sample(contracts.listEnrolments, { classId, state: 'waiting', agency, limit: 50 }),
  sample(contracts.readClassList, { classId }),
];
