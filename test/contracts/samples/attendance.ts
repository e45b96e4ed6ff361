import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

const classId = uuid(25);
const sessionId = uuid(26);
const enrolmentId = uuid(41);
const token = 'Zm9yLXRoZS10cmFpbmVyLW9mLXRoaXMtY2xhc3M';

export const attendance: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.recordAttendance, {
    sessionId,
    marks: [{ enrolmentId, status: 'present' }],
    reason: 'Giảng viên đính chính.',
    seenVersion: 7,
  }),
  sample(contracts.recordAttendanceByLink, { token, marks: [{ sessionId, enrolmentId, status: 'late' }] }),
  sample(contracts.recordAttendanceSheet, {
    classId,
    rows: [{ number: { address: 'B7', text: '12' }, marks: [{ ordinal: 1, address: 'E7', text: 'có mặt' }] }],
  }),
  sample(contracts.readAttendance, { classId }),
  sample(contracts.openAttendanceLink, { token }),
];
