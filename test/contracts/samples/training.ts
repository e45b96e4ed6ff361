import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

const courseId = uuid(20);
const venueId = uuid(21);

export const training: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.recordCourse, {
    code: 'KHOA-A',
    planId: uuid(6),
    taskId: uuid(9),
    taskCode: 'II.2',
    title: 'Quy tắc ứng xử văn minh du lịch và kỹ năng thuyết minh tại điểm làng nghề',
    titleEn: 'Civilised tourism and guide skills at craft villages',
    objective: 'Giới thiệu sản phẩm OCOP tại điểm du lịch làng nghề.',
    curriculum: [{ topic: 'Tổng quan về du lịch', periods: 4, speciality: 'du lịch cộng đồng' }],
    plannedClasses: 5,
    capacity: 70,
    minSize: 30,
    daysPerClass: 2,
    leadAgency: 'SDL',
    windowFrom: '2020-06-01',
    windowTo: '2020-09-30',
    threshold: 80,
    seedId: 'SEED-32',
    assumption: 'Số lớp theo dự thảo kế hoạch.',
  }),
  sample(contracts.changeCourse, {
    courseId,
    changes: { windowTo: '2020-10-31' },
    reason: 'Lùi do dịch Covid-19.',
    seenVersion: 1,
  }),
  sample(contracts.endCourse, { courseId, as: 'cancelled', decision: '15/QĐ-SDL', reason: 'Không bố trí được kinh phí.' }),
  sample(contracts.listCourses, { planId: uuid(6), taskId: uuid(9), state: 'open', limit: 50 }),
  sample(contracts.getCourse, { courseId }),
  sample(contracts.recordVenue, {
    code: 'NVH-BATTRANG',
    name: 'Nhà văn hóa xã Bát Tràng',
    address: 'Xã Bát Tràng, huyện Gia Lâm',
    district: 'UBND-GIALAM',
    capacity: 120,
  }),
  sample(contracts.changeVenue, { venueId, changes: { capacity: 100 }, reason: 'Sửa hội trường.', seenVersion: 1 }),
  sample(contracts.retireVenue, { venueId, reason: 'Trả lại mặt bằng.' }),
  sample(contracts.listVenues, { district: 'UBND-GIALAM', seats: 70, retired: false, limit: 50 }),
  sample(contracts.getVenue, { venueId }),
  sample(contracts.readTrainingHistory, { subject: 'course', subjectId: courseId, limit: 50 }),
];
