import { levels, type Level, type Mail, type MailTemplate } from '#contracts';
import { sampleClassMails } from '../class-mails/class-samples.js';
import type { People } from './letter.js';
import { samplePlan as plan } from './sample-plan.js';
import type { Section } from './texts.js';

type ChasingMail = Extract<Mail, { template: 'chasing' }>;

const debtor = { code: 'SCT', name: 'Sở Công Thương', nameEn: 'Department of Industry and Trade' };
const creditor = {
  code: 'SNNPTNT',
  name: 'Sở Nông nghiệp và Phát triển nông thôn',
  nameEn: 'Department of Agriculture and Rural Development',
};
const report = {
  title: 'Báo cáo tháng tình hình thực hiện Kế hoạch',
  titleEn: 'Monthly report on the implementation of the plan',
  period: 'tháng 6/2020',
  periodEn: 'June 2020',
};
const id = '00000000-0000-4000-8000-000000000001';

/** Invented people. */
export const samplePeople: People = {
  recipientName: 'Nguyễn Minh An',
  standsInFor: null,
  agencyName: debtor.name,
  agencyNameEn: debtor.nameEn,
  ask: { name: 'Lê Hoàng Châu', agencyName: creditor.name, agencyNameEn: creditor.nameEn, phone: '024 0000 1002' },
  contacts: new Map([[id, { name: 'Trần Thu Hà', phone: '024 0000 1003' }]]),
};

/** The same mail in the hands of somebody else. */
export const sampleStandIn: People = { ...samplePeople, standsInFor: { name: 'Phạm Thu Hương', until: '2020-06-19' } };

const DAYS_LEFT: Readonly<Record<Level, number>> = {
  reminder: 5,
  due: 0,
  'chase-1': -1,
  'chase-2': -3,
  'chase-3': -5,
  'escalated-standing': -2,
  'escalated-city': -6,
};

/** One thing owed, at a level, as a section tells it. */
export function sampleItem(level: Level, section: Section): ChasingMail['items'][number] {
  const overdue = DAYS_LEFT[level] < 0;
  return {
    obligationId: id,
    kind: 'periodic-report',
    plan: null,
    section,
    rung: level.toUpperCase(),
    level,
    debtor,
    creditor,
    ...report,
    window: { from: '2020-05-15', to: '2020-06-14' },
    dueOn: '2020-06-17',
    workingDaysLeft: DAYS_LEFT[level],
    chasings: overdue ? 2 : 0,
    next: level === 'escalated-city' ? null : { level: 'escalated-standing', on: '2020-06-19' },
    contactId: section === 'escalated' ? id : null,
    document: null,
    path: `/obligations/${id}`,
  };
}

export function sampleChasing(level: Level, items: ChasingMail['items']): ChasingMail {
  return { template: 'chasing', plan, slot: '2020-06-18T01:00:00Z', level, items, askContactId: id };
}

/** Of an item for the city office's list: prepared for the reader to send, or sent by a letter. */
export function sampleLetter(number: string | null): ChasingMail {
  return sampleChasing('escalated-city', [{ ...sampleItem('escalated-city', 'escalated'), document: { id, number } }]);
}

const sections: readonly Section[] = ['escalated', 'owes', 'copied'];

/** Mails of each template with every sentence in them: what boot renders, and what tests look at. */
export const sampleMails: Readonly<{ [T in MailTemplate]: readonly Extract<Mail, { template: T }>[] }> = {
  chasing: [
    ...levels.flatMap((level) => [
      sampleChasing(level, [sampleItem(level, 'owes')]),
      sampleChasing(
        level,
        sections.map((section) => sampleItem(level, section)),
      ),
    ]),
    sampleLetter(null),
    sampleLetter('1888/SNN-KHTC'),
  ],
  'weekly-digest': [
    {
      template: 'weekly-digest',
      plan,
      weekOf: '2020-06-25',
      figures: { open: 12, overdue: 1, dueThisWeek: 4, submittedThisWeek: 5, escalated: 1 },
      late: [{ obligationId: id, debtor, ...report, dueOn: '2020-06-17', workingDaysLate: 6, chasings: 3, contactId: id }],
      upcoming: [{ debtor, ...report, dueOn: '2020-06-30' }],
      unreachable: [
        { agency: debtor, contactId: id, since: '2020-06-22' },
        { agency: creditor, contactId: null, since: '2020-06-23' },
      ],
      suspensions: [
        { task: null, decision: '16/CT-TTg', since: '2020-06-15', until: null, held: 12 },
        { task: { code: 'II.2.b', title: report.title }, decision: '02/TB-BCĐ', since: '2020-06-15', until: '2020-06-30', held: 3 },
      ],
      calendar: [
        { year: 2021, state: 'missing' },
        { year: 2022, state: 'provisional' },
      ],
      waiting: [
        { kind: 'city-list-item', count: 2, path: `/plans/${id}/prepared-documents?kind=city-list-item` },
        { kind: 'late-agencies', count: 1, path: `/plans/${id}/prepared-documents?kind=late-agencies` },
      ],
      path: `/plans/${id}`,
    },
    {
      template: 'weekly-digest',
      plan,
      weekOf: '2020-07-02',
      figures: { open: 12, overdue: 0, dueThisWeek: 4, submittedThisWeek: 5, escalated: 0 },
      late: [],
      upcoming: [],
      unreachable: [],
      suspensions: [],
      calendar: [],
      waiting: [],
      path: `/plans/${id}`,
    },
  ],
  ...sampleClassMails,
};
