import type { Contract, PayloadOf } from '#contracts';
import * as contracts from '#contracts';

const uuid = (digit: number): string => `00000000-0000-4000-8000-${String(digit).padStart(12, '0')}`;
const agency = { code: 'SCT', name: 'Sở Công Thương', nameEn: 'Department of Industry and Trade' };
const standing = {
  code: 'SNNPTNT',
  name: 'Sở Nông nghiệp và Phát triển nông thôn',
  nameEn: 'Department of Agriculture and Rural Development',
};
const plan = {
  documentNumber: '100/KH-UBND',
  issuedOn: '2020-05-15',
  title: 'Triển khai mô hình chỉ đạo điểm Chương trình Mỗi xã một sản phẩm thành phố Hà Nội năm 2020',
  programme: 'OCOP 2020',
};
const report = { title: 'Báo cáo tháng', titleEn: 'Monthly report', period: 'tháng 6/2020', periodEn: 'June 2020' };

const sample = <C extends Contract>(contract: C, payload: PayloadOf<C>): readonly [Contract, unknown] => [contract, payload];

/** One payload of every message, as its sender has it. New messages get their golden file from here: `npm run docs`. */
export const samples: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.importPlan, { fileName: '100-kh-ubnd-2020.yaml', yaml: 'document:\n  number: 100/KH-UBND\n' }),
  sample(contracts.submitReport, { reportId: uuid(1), note: 'Gửi kèm phụ lục số liệu.', seenVersion: 1 }),
  sample(contracts.returnReport, { reportId: uuid(1), reason: 'Thiếu số liệu mục 2.', resubmitOn: '2020-06-24' }),
  sample(contracts.acceptReport, { reportId: uuid(1) }),
  sample(contracts.extendObligation, {
    obligationId: uuid(2),
    deadline: { word: 'NO_LATER_THAN', date: '2020-06-30' },
    reason: 'Dịch Covid-19',
  }),
  sample(contracts.waiveObligation, { obligationId: uuid(2), reason: 'Không phát sinh nhiệm vụ trong kỳ.' }),
  sample(contracts.acknowledgeEscalation, { escalationId: uuid(3), until: '2020-06-26', note: 'Đã làm việc với đơn vị.' }),
  sample(contracts.agencyChanged, {
    agencyId: uuid(4),
    version: 3,
    ...agency,
    shortName: 'Sở Công Thương',
    kind: 'DEPARTMENT',
    validFrom: '2008-08-01',
    validTo: null,
    successorId: null,
    contacts: [
      {
        contactId: uuid(5),
        role: 'FOCAL',
        name: 'Nguyễn Thị Mẫu',
        email: 'dau-moi@sct.example',
        phone: '024 0000 0000',
        language: 'vi+en',
      },
    ],
  }),
  sample(contracts.obligationsSettled, { obligationIds: [uuid(2)], outcome: 'fulfilled', at: '2020-06-16T08:00:00Z' }),
  sample(contracts.listPlans, { limit: 50 }),
  sample(contracts.getPlan, { planId: uuid(6) }),
  sample(contracts.listAgencies, { limit: 50, after: 'U0NU' }),
  sample(contracts.listTasks, { planId: uuid(6), lead: 'SCT', limit: 50 }),
  sample(contracts.listObligations, {
    state: 'open',
    overdue: true,
    agency: 'SCT',
    level: 'chase-1',
    dueFrom: '2020-06-01',
    dueTo: '2020-06-30',
    limit: 50,
  }),
  sample(contracts.getObligation, { obligationId: uuid(2) }),
  sample(contracts.listReports, { state: 'draft', agency: 'SCT', periodKey: '2020-06', limit: 50 }),
  sample(contracts.getReport, { reportId: uuid(1) }),
  sample(contracts.listEscalations, { state: 'raised', agency: 'SCT', limit: 50 }),
  sample(contracts.forecastPlan, { planId: uuid(6), from: '2020-06-01', to: '2020-12-31' }),
  sample(contracts.auditLedger, {}),
  sample(contracts.summarisePlan, { planId: uuid(6) }),
  sample(contracts.planningStatus, {}),
  sample(contracts.sendMail, {
    businessKey: `chasing.${uuid(5)}.2020-06-18T01:00Z`,
    stream: 'chasing',
    recipientId: uuid(5),
    obligationIds: [uuid(2)],
    mail: {
      template: 'chasing',
      plan,
      slot: '2020-06-18T01:00:00Z',
      level: 'chase-1',
      askContactId: uuid(7),
      items: [
        {
          obligationId: uuid(2),
          section: 'owes',
          rung: 'CHASE_1',
          level: 'chase-1',
          debtor: agency,
          creditor: standing,
          ...report,
          window: { from: '2020-05-15', to: '2020-06-14' },
          dueOn: '2020-06-17',
          workingDaysLeft: -1,
          chasings: 1,
          next: { level: 'escalated-standing', on: '2020-06-19' },
          contactId: null,
          path: `/obligations/${uuid(2)}`,
        },
      ],
    },
  }),
  sample(contracts.mailRefused, {
    messageId: uuid(8),
    contactId: uuid(5),
    agencyId: uuid(4),
    obligationIds: [uuid(2)],
    status: '550',
    at: '2020-06-18T01:00:05Z',
  }),
  sample(contracts.listMessages, { state: 'sent', obligationId: uuid(2), limit: 50 }),
  sample(contracts.getMessage, { messageId: uuid(8) }),
  sample(contracts.countMessages, {}),
  sample(contracts.notificationsStatus, {}),
  sample(contracts.trainingStatus, {}),
  sample(contracts.ceremonyStatus, {}),
];
