import type { Mail, MailTemplate } from '#contracts';
import type { People } from './letter.js';

const sct = { code: 'SCT', name: 'Sở Công Thương', nameEn: 'Department of Industry and Trade' };
const standing = {
  code: 'SNNPTNT',
  name: 'Sở Nông nghiệp và Phát triển nông thôn',
  nameEn: 'Department of Agriculture and Rural Development',
};
const plan = { documentNumber: '100/KH-UBND', issuedOn: '2020-05-15', title: 'Mỗi xã một sản phẩm', programme: 'OCOP 2020' };
const report = {
  title: 'Báo cáo tháng tình hình thực hiện Kế hoạch',
  titleEn: 'Monthly report',
  period: 'tháng 6/2020',
  periodEn: 'June 2020',
};
const id = '00000000-0000-4000-8000-000000000001';

export const samplePeople: People = {
  recipientName: 'Nguyễn Minh An',
  agencyName: sct.name,
  agencyNameEn: sct.nameEn,
  ask: { name: 'Lê Hoàng Châu', agencyName: standing.name, agencyNameEn: standing.nameEn, phone: '024 0000 1002' },
};

const owed = {
  obligationId: id,
  rung: 'CHASE_1',
  debtor: sct,
  creditor: standing,
  ...report,
  window: { from: '2020-05-15', to: '2020-06-14' },
  dueOn: '2020-06-17',
  chasings: 1,
  path: `/obligations/${id}`,
};

/** One mail of each template with every section in it: what boot renders, and what tests look at. */
export const sampleMails: Readonly<{ [T in MailTemplate]: Extract<Mail, { template: T }> }> = {
  chasing: {
    template: 'chasing',
    plan,
    slot: '2020-06-18T01:00:00Z',
    level: 'chase-1',
    askContactId: id,
    items: [
      { ...owed, section: 'owes', level: 'chase-1', workingDaysLeft: -1, next: { level: 'escalated-standing', on: '2020-06-19' } },
      { ...owed, section: 'escalated', level: 'escalated-standing', workingDaysLeft: -2, next: null },
      { ...owed, section: 'copied', level: 'due', workingDaysLeft: 0, chasings: 0, window: null, next: null },
      { ...owed, section: 'owes', level: 'reminder', workingDaysLeft: 5, chasings: 0, next: null },
    ],
  },
  'weekly-digest': {
    template: 'weekly-digest',
    plan,
    weekOf: '2020-06-25',
    figures: { open: 12, overdue: 3, dueThisWeek: 4, submittedThisWeek: 5, escalated: 2 },
    late: [{ obligationId: id, debtor: sct, ...report, dueOn: '2020-06-17', workingDaysLate: 6, chasings: 3, contactId: id }],
    upcoming: [{ debtor: sct, ...report, dueOn: '2020-06-30' }],
    path: `/plans/${id}`,
  },
};
