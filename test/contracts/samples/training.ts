import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

const courseId = uuid(20);
const venueId = uuid(21);
const institutionId = uuid(22);
const trainerId = uuid(23);
const absenceId = uuid(24);
const classId = uuid(25);
const sessionId = uuid(26);
const postponed = { decision: '09/TB-SDL', reason: 'Dịch Covid-19.' };

export const training: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.recordCourse, {
    code: 'KHOA-A',
    planId: uuid(6),
    taskId: uuid(9),
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
  sample(contracts.importCourses, { fileName: 'training-2020.yaml', yaml: 'plan: { number: 100/KH-UBND }' }),
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
  sample(contracts.recordInstitution, {
    code: 'VNU-USSH',
    name: 'Trường Đại học Mẫu',
    nameEn: 'Sample University',
    kind: 'university',
  }),
  sample(contracts.changeInstitution, { institutionId, changes: { name: 'Trường Đại học Mẫu mới' }, reason: 'Đổi tên.', seenVersion: 1 }),
  sample(contracts.listInstitutions, { kind: 'university', limit: 50 }),
  sample(contracts.recordTrainer, {
    fullName: 'Nguyễn Văn Mẫu',
    title: 'PGS.TS',
    institutionId,
    overrideReason: null,
    specialities: ['du lịch cộng đồng'],
    email: 'mau@dai-hoc.example',
    phone: '024 0000 0000',
    language: 'vi',
  }),
  sample(contracts.changeTrainer, { trainerId, changes: { title: 'GS.TS' }, reason: 'Được bổ nhiệm.', seenVersion: 1 }),
  sample(contracts.retireTrainer, { trainerId, reason: 'Chuyển công tác.' }),
  sample(contracts.recordAbsence, { trainerId, fromOn: '2020-07-06', toOn: '2020-07-10', reason: 'Đi công tác' }),
  sample(contracts.removeAbsence, { absenceId }),
  sample(contracts.listTrainers, { institutionId, speciality: 'du lịch cộng đồng', active: true, limit: 50 }),
  sample(contracts.getTrainer, { trainerId }),
  sample(contracts.planClass, {
    courseId,
    code: 'LOP-A-01',
    title: 'Lớp tập huấn tại Bát Tràng',
    district: 'UBND-GIALAM',
    coHost: 'UBND-GIALAM',
    venueId,
    capacity: 70,
    minSize: 30,
    firstDay: '2020-07-07',
  }),
  sample(contracts.changeClass, { classId, changes: { venueId, capacity: 60 }, reason: 'Đổi hội trường.', seenVersion: 1 }),
  sample(contracts.scheduleClass, {
    classId,
    venueId,
    sessions: [{ day: '2020-07-07', part: 'morning', topic: 'Tổng quan về du lịch', trainerId }],
    seenVersion: 1,
  }),
  sample(contracts.proposeSchedule, { courseId, from: '2020-07-01', to: '2020-09-30' }),
  sample(contracts.confirmSchedule, {
    classes: [
      { classId, seenVersion: 1, venueId, sessions: [{ day: '2020-07-07', part: 'morning', topic: 'Tổng quan về du lịch', trainerId }] },
    ],
  }),
  sample(contracts.addSession, {
    classId,
    day: '2020-07-09',
    part: 'morning',
    topic: 'Ôn tập',
    trainerId,
    reason: 'Thêm một buổi ôn tập.',
  }),
  sample(contracts.removeSession, { classId, sessionId, reason: 'Gộp hai chuyên đề.', seenVersion: 2 }),
  sample(contracts.moveSession, { classId, sessionId, day: '2020-07-09', part: 'morning', reason: 'Trùng lễ hội.' }),
  sample(contracts.assignTrainer, { classId, trainerId, sessionIds: [sessionId], reason: 'Theo đề nghị của trường.' }),
  sample(contracts.postponeClass, { classId, ...postponed, firstDay: '2020-07-14', seenVersion: 2 }),
  sample(contracts.cancelClass, { classId, ...postponed }),
  sample(contracts.listClasses, { courseId, district: 'UBND-GIALAM', state: 'planned', limit: 50 }),
  sample(contracts.getClass, { classId }),
  sample(contracts.listConflicts, { classId, kind: 'trainer-away' }),
  sample(contracts.readTrainingHistory, { subject: 'course', subjectId: courseId, limit: 50 }),
];
