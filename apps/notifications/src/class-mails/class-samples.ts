import type { Mail } from '#contracts';
import { samplePlan as plan } from '../templates/sample-plan.js';

type ClassMail = Exclude<Mail, { template: 'chasing' | 'weekly-digest' }>;
type Sample<T extends ClassMail['template']> = Extract<ClassMail, { template: T }>;

const sessionId = (ordinal: number) => `00000000-0000-4000-8000-00000000000${String(ordinal)}`;
const facts = {
  plan,
  course: { title: 'Xây dựng và phát triển sản phẩm OCOP', titleEn: 'Building and developing OCOP products' },
  class: { code: 'TH-2020-01', title: 'Tập huấn chủ thể OCOP huyện Thạch Thất' },
};
const venue = { name: 'Nhà văn hóa huyện Thạch Thất', address: 'Thị trấn Liên Quan, huyện Thạch Thất' };
const morning = {
  sessionId: sessionId(1),
  ordinal: 1,
  date: '2020-07-09',
  startsAt: '08:00',
  endsAt: '11:30',
  topic: 'Chu trình OCOP thường niên',
};
const afternoon = {
  sessionId: sessionId(2),
  ordinal: 3,
  date: '2020-07-10',
  startsAt: '13:30',
  endsAt: '17:00',
  topic: 'Phương án sản xuất kinh doanh',
};
const fallenAway = { ...morning, sessionId: sessionId(3), ordinal: 2, topic: 'Câu chuyện sản phẩm' };
/** Tokens and codes are invented. */
const token = 'ma-cau-tra-loi-duoc-dat-ra';

/** Two sessions of one class. */
export const sampleInvitation: Sample<'trainer-invitation'> = {
  template: 'trainer-invitation',
  ...facts,
  venue,
  sessions: [morning, afternoon],
  cancelled: [fallenAway],
  sequence: 0,
  answerBy: '2020-06-30',
  token,
};

/** The second roster of a class whose third session is its reader's; the people are invented. */
export const sampleRoster: Sample<'class-roster'> = {
  template: 'class-roster',
  ...facts,
  issuer: { superior: 'UBND thành phố Hà Nội', name: 'Sở Nông nghiệp và Phát triển nông thôn' },
  venue,
  sessions: [
    { ...morning, part: 'morning', own: false },
    { ...afternoon, part: 'afternoon', own: true },
  ],
  cancelled: [fallenAway],
  rosterVersion: 2,
  lockedAt: '2020-07-02T01:00:00Z',
  trainees: 2,
  delta: { joined: 1, left: 3, changed: ['venue', 'sessions', 'trainers'] },
  sequence: 4,
  roster: JSON.stringify({
    trainees: [
      { name: 'Đỗ Thị Mẫu Yến', unit: 'UBND xã Mẫu', position: 'Công chức văn hóa', needs: 'Bán hàng qua mạng' },
      { name: 'Nguyễn Văn Mẫu An', unit: 'Hợp tác xã Mẫu', position: 'Chủ nhiệm', needs: '' },
    ],
    trainers: { [sessionId(1)]: 'PGS.TS Trần Văn Mẫu', [sessionId(2)]: 'TS Vũ Thị Mai' },
  }),
  token,
  expiresOn: '2020-07-24',
};

/** What a trainee is told of a class that moved. */
export const sampleNotice: Sample<'class-notice'> = {
  template: 'class-notice',
  ...facts,
  occasion: 'changed',
  reader: 'trainee',
  venue,
  sessions: [morning, afternoon],
  cancelled: [fallenAway],
  changed: ['venue', 'sessions'],
  decision: '15/TB-SNN',
  reason: 'Địa điểm cũ phải sửa chữa',
  urgent: 'Quyết định có trước buổi học hai ngày',
  sequence: 2,
};
const calm = { changed: [], decision: null, reason: null, urgent: null, cancelled: [] };
const over = { venue: null, sessions: [], changed: [], urgent: null };

export const sampleMissing: Sample<'attendance-missing'> = {
  template: 'attendance-missing',
  ...facts,
  sessions: [morning, afternoon],
  token,
  expiresOn: '2020-07-24',
};

export const sampleCertificate: Sample<'certificate'> = {
  template: 'certificate',
  ...facts,
  number: '15/2020/GCN-SNN',
  issuedOn: '2020-07-15',
  code: 'MAU-XAC-THUC-01',
};

/** Mails about classes with every sentence in them. */
export const sampleClassMails: Readonly<{ [T in ClassMail['template']]: readonly Sample<T>[] }> = {
  'trainer-invitation': [sampleInvitation],
  'class-roster': [sampleRoster, { ...sampleRoster, rosterVersion: 1, delta: null, cancelled: [], sequence: 0 }],
  'class-notice': (['trainee', 'trainer'] as const).flatMap((reader) => [
    ...(['invitation', 'promoted', 'reminder'] as const).map((occasion) => ({ ...sampleNotice, reader, occasion, ...calm })),
    { ...sampleNotice, reader },
    ...(['postponed', 'cancelled', 'withdrawn'] as const).map((occasion) => ({ ...sampleNotice, reader, occasion, ...over })),
  ]),
  'attendance-missing': [sampleMissing],
  certificate: [sampleCertificate],
};
