import type { Level } from '#contracts';

/** Every sentence of every mail in one language. A language that lacks one does not compile. */
export interface Texts {
  readonly date: (isoDay: string) => string;
  readonly document: (number: string, isoDay: string) => string;
  readonly greeting: (agency: string, name: string) => string;
  readonly chasingLead: (document: string) => string;
  readonly sections: Readonly<Record<'owes' | 'copied' | 'escalated', string>>;
  readonly levels: Readonly<Record<Level, string>>;
  readonly itemTitle: (title: string, period: string) => string;
  readonly debtor: (name: string) => string;
  readonly creditor: (name: string) => string;
  readonly window: (from: string, to: string) => string;
  readonly dueLeft: (date: string, days: number) => string;
  readonly dueToday: (date: string) => string;
  readonly overdue: (date: string, days: number) => string;
  readonly chasings: (count: number) => string;
  readonly next: (level: string, date: string) => string;
  readonly noNext: string;
  readonly ask: (name: string, agency: string, phone: string | null) => string;
  readonly act: Readonly<Record<'owes' | 'copied' | 'escalated', string>>;
  readonly link: string;
  readonly footer: string;
  readonly more: (count: number) => string;
  readonly subject: Readonly<Record<Level, (title: string, dueOn: string, daysLate: number) => string>>;
  readonly digestSubject: (date: string, overdue: number) => string;
  readonly digestLead: (document: string, date: string) => string;
  readonly digestFigures: (figures: {
    open: number;
    overdue: number;
    dueThisWeek: number;
    submittedThisWeek: number;
    escalated: number;
  }) => string[];
  readonly digestLate: string;
  readonly digestUpcoming: string;
  readonly contact: (name: string) => string;
}

const vnDate = (isoDay: string): string => isoDay.split('-').reverse().join('/');

export const vi: Texts = {
  date: vnDate,
  document: (number, isoDay) => `Kế hoạch số ${number} ngày ${vnDate(isoDay)}`,
  greeting: (agency, name) => `Kính gửi: ${name}, ${agency}`,
  chasingLead: (document) => `Thực hiện ${document}, hệ thống đôn đốc xin thông báo các nội dung sau:`,
  sections: {
    owes: 'Nội dung quý cơ quan cần thực hiện',
    copied: 'Gửi để biết: các đơn vị đang được đôn đốc',
    escalated: 'Đề nghị xem xét, chỉ đạo: các đơn vị chưa thực hiện',
  },
  levels: {
    reminder: 'Nhắc trước hạn',
    due: 'Đến hạn hôm nay',
    'chase-1': 'Đôn đốc lần 1',
    'chase-2': 'Đôn đốc lần 2',
    'chase-3': 'Đôn đốc lần 3',
    'escalated-standing': 'Báo cơ quan thường trực',
    'escalated-city': 'Báo Văn phòng UBND Thành phố',
  },
  itemTitle: (title, period) => `${title}, ${period}`,
  debtor: (name) => `Đơn vị thực hiện: ${name}`,
  creditor: (name) => `Nơi nhận: ${name}`,
  window: (from, to) => `Số liệu từ ${vnDate(from)} đến ${vnDate(to)}`,
  dueLeft: (date, days) => `Hạn: ${vnDate(date)}, còn ${String(days)} ngày làm việc`,
  dueToday: (date) => `Hạn: hôm nay, ${vnDate(date)}`,
  overdue: (date, days) => `Hạn: ${vnDate(date)}, đã quá hạn ${String(days)} ngày làm việc`,
  chasings: (count) => `Số lần đôn đốc: ${String(count)}`,
  next: (level, date) => `Nếu chưa thực hiện, bước tiếp theo: ${level}, ngày ${vnDate(date)}`,
  noNext: 'Không còn bước tự động nào; đề nghị người có thẩm quyền quyết định',
  ask: (name, agency, phone) => `Đầu mối giải đáp: ${name}, ${agency}${phone === null ? '' : `, điện thoại ${phone}`}.`,
  act: {
    owes: 'Đề nghị quý cơ quan nộp báo cáo, hoặc nêu rõ lý do chậm và xin gia hạn. Nếu đã nộp, xin bỏ qua thư này.',
    copied: 'Thông tin trên gửi để quý cơ quan theo dõi.',
    escalated: 'Đề nghị quý cơ quan chỉ đạo đơn vị thực hiện, gia hạn hoặc xác nhận đang xử lý.',
  },
  link: 'Xem và trả lời',
  footer: 'Thư tự động của hệ thống đôn đốc, không thay thế văn bản hành chính.',
  more: (count) => ` và ${String(count)} nội dung khác`,
  subject: {
    reminder: (title, dueOn) => `Nhắc nộp ${title}, hạn ${vnDate(dueOn)}`,
    due: (title) => `Hôm nay đến hạn: ${title}`,
    'chase-1': (title, _, days) => `Đôn đốc lần 1: ${title} quá hạn ${String(days)} ngày làm việc`,
    'chase-2': (title, _, days) => `Đôn đốc lần 2: ${title} quá hạn ${String(days)} ngày làm việc`,
    'chase-3': (title, _, days) => `Đôn đốc lần 3: ${title} quá hạn ${String(days)} ngày làm việc`,
    'escalated-standing': (title, _, days) => `Báo cáo đơn vị chậm: ${title} quá hạn ${String(days)} ngày làm việc`,
    'escalated-city': (title, _, days) => `Báo cáo UBND Thành phố: ${title} quá hạn ${String(days)} ngày làm việc, đã đôn đốc nhiều lần`,
  },
  digestSubject: (date, overdue) => `Tổng hợp tình hình báo cáo tuần, ngày ${vnDate(date)}: ${String(overdue)} nội dung quá hạn`,
  digestLead: (document, date) => `Tình hình thực hiện ${document} đến ngày ${vnDate(date)}:`,
  digestFigures: (f) => [
    `Đang mở: ${String(f.open)}; quá hạn: ${String(f.overdue)}; đến hạn trong tuần: ${String(f.dueThisWeek)}`,
    `Đã nộp trong tuần: ${String(f.submittedThisWeek)}; đang báo vượt cấp: ${String(f.escalated)}`,
  ],
  digestLate: 'Cơ quan chậm báo cáo',
  digestUpcoming: 'Sắp đến hạn',
  contact: (name) => `Đầu mối: ${name}`,
};

const days = (count: number): string => `${String(count)} working day${count === 1 ? '' : 's'}`;

export const en: Texts = {
  date: vnDate,
  document: (number, isoDay) => `Plan ${number} of ${vnDate(isoDay)}`,
  greeting: (agency, name) => `To: ${name}, ${agency}`,
  chasingLead: (document) => `Under ${document}, this is where things stand:`,
  sections: {
    owes: 'What your agency owes',
    copied: 'For your information: units being chased',
    escalated: 'For your action: units that have not delivered',
  },
  levels: {
    reminder: 'Reminder before the deadline',
    due: 'Due today',
    'chase-1': 'First chasing',
    'chase-2': 'Second chasing',
    'chase-3': 'Third chasing',
    'escalated-standing': 'Escalation to the standing agency',
    'escalated-city': "Escalation to the Office of the City People's Committee",
  },
  itemTitle: (title, period) => `${title}, ${period}`,
  debtor: (name) => `Owed by: ${name}`,
  creditor: (name) => `To: ${name}`,
  window: (from, to) => `Figures from ${vnDate(from)} to ${vnDate(to)}`,
  dueLeft: (date, left) => `Due ${vnDate(date)}, ${days(left)} left`,
  dueToday: (date) => `Due today, ${vnDate(date)}`,
  overdue: (date, late) => `Due ${vnDate(date)}, ${days(late)} overdue`,
  chasings: (count) => `Chasings so far: ${String(count)}`,
  next: (level, date) => `If nothing is submitted, next: ${level}, on ${vnDate(date)}`,
  noNext: 'No automatic step is left; somebody in charge must decide',
  ask: (name, agency, phone) => `Questions: ${name}, ${agency}${phone === null ? '' : `, phone ${phone}`}.`,
  act: {
    owes: 'Please submit, or state the reason for the delay and ask for an extension. If you have submitted, ignore this mail.',
    copied: 'This is for your information.',
    escalated: 'Please direct the unit to deliver, extend the deadline, or acknowledge that you are dealing with it.',
  },
  link: 'Open and answer',
  footer: 'Automatic mail of the chasing system; it is not an administrative document.',
  more: (count) => ` and ${String(count)} more`,
  subject: {
    reminder: (title, dueOn) => `Reminder: ${title}, due ${vnDate(dueOn)}`,
    due: (title) => `Due today: ${title}`,
    'chase-1': (title, _, late) => `First chasing: ${title}, ${days(late)} overdue`,
    'chase-2': (title, _, late) => `Second chasing: ${title}, ${days(late)} overdue`,
    'chase-3': (title, _, late) => `Third chasing: ${title}, ${days(late)} overdue`,
    'escalated-standing': (title, _, late) => `Late unit: ${title}, ${days(late)} overdue`,
    'escalated-city': (title, _, late) => `To the City People's Committee: ${title}, ${days(late)} overdue after repeated chasing`,
  },
  digestSubject: (date, overdue) => `Weekly report status, ${vnDate(date)}: ${String(overdue)} overdue`,
  digestLead: (document, date) => `Status of ${document} as of ${vnDate(date)}:`,
  digestFigures: (f) => [
    `Open: ${String(f.open)}; overdue: ${String(f.overdue)}; due within a week: ${String(f.dueThisWeek)}`,
    `Submitted this week: ${String(f.submittedThisWeek)}; escalated: ${String(f.escalated)}`,
  ],
  digestLate: 'Agencies that are late',
  digestUpcoming: 'Due soon',
  contact: (name) => `Contact: ${name}`,
};
