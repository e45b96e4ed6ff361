import type { DocumentKind, Level } from '#contracts';

/** Every word of the pages in one language. */
export interface Words {
  readonly lang: 'vi' | 'en';
  readonly other: { readonly lang: 'vi' | 'en'; readonly label: string };
  readonly product: string;
  readonly list: string;
  readonly nothing: string;
  readonly debtor: string;
  readonly creditor: string;
  readonly deadline: string;
  readonly extendedFrom: string;
  readonly state: string;
  readonly thing: string;
  readonly states: Readonly<Record<'open' | 'fulfilled' | 'waived' | 'cancelled', string>>;
  readonly overdue: (workingDays: number) => string;
  /** @param since as days are shown */
  readonly suspended: (decision: string, since: string) => string;
  readonly steps: string;
  readonly when: string;
  readonly step: string;
  readonly stepStates: Readonly<Record<'pending' | 'held' | 'fired' | 'superseded' | 'skipped', string>>;
  readonly levels: Readonly<Record<Level, string>>;
  readonly waiting: string;
  readonly howToDecide: string;
  readonly preparedOn: string;
  readonly document: string;
  readonly documents: Readonly<Record<DocumentKind, string>>;
  readonly mails: string;
  readonly to: string;
  readonly subject: string;
  readonly mailStates: Readonly<Record<'queued' | 'sending' | 'sent' | 'unknown' | 'failed' | 'withdrawn' | 'superseded', string>>;
}

export const vi: Words = {
  lang: 'vi',
  other: { lang: 'en', label: 'English' },
  product: 'Đôn đốc',
  list: 'Nội dung đang theo dõi',
  nothing: 'Không có nội dung nào.',
  debtor: 'Đơn vị thực hiện',
  creditor: 'Nơi nhận',
  deadline: 'Hạn',
  extendedFrom: 'hạn ban đầu',
  state: 'Trạng thái',
  thing: 'Nội dung',
  states: { open: 'Chưa thực hiện', fulfilled: 'Đã thực hiện', waived: 'Được miễn', cancelled: 'Đã hủy' },
  overdue: (days) => `quá hạn ${String(days)} ngày làm việc`,
  suspended: (decision, since) => `tạm dừng từ ${since} theo ${decision}`,
  steps: 'Các bước đôn đốc',
  when: 'Thời điểm',
  step: 'Bước',
  stepStates: { pending: 'chưa đến', held: 'tạm dừng', fired: 'đã thực hiện', superseded: 'không còn cần', skipped: 'bỏ qua' },
  levels: {
    reminder: 'Nhắc trước hạn',
    due: 'Đến hạn',
    'chase-1': 'Đôn đốc lần 1',
    'chase-2': 'Đôn đốc lần 2',
    'chase-3': 'Đôn đốc lần 3',
    'escalated-standing': 'Báo cáo cơ quan thường trực',
    'escalated-city': 'Báo cáo Văn phòng UBND Thành phố',
  },
  waiting: 'Văn bản đã chuẩn bị, chờ quyết định',
  howToDecide: 'Hệ thống không tự gửi: người có thẩm quyền gửi hoặc công bố, ghi số văn bản, hoặc bỏ với lý do.',
  preparedOn: 'Chuẩn bị lúc',
  document: 'Văn bản',
  documents: { 'city-list-item': 'Mục báo cáo Văn phòng UBND Thành phố', 'late-agencies': 'Danh sách cơ quan chậm thực hiện' },
  mails: 'Thư',
  to: 'Người nhận',
  subject: 'Tiêu đề',
  mailStates: {
    queued: 'chờ gửi',
    sending: 'đang gửi',
    sent: 'đã gửi',
    unknown: 'chưa rõ kết quả',
    failed: 'không gửi được',
    withdrawn: 'đã rút',
    superseded: 'được thay bằng thư mới hơn',
  },
};

export const en: Words = {
  lang: 'en',
  other: { lang: 'vi', label: 'Tiếng Việt' },
  product: 'Đôn Đốc',
  list: 'Obligations that are open',
  nothing: 'There are none.',
  debtor: 'Owed by',
  creditor: 'Owed to',
  deadline: 'Deadline',
  extendedFrom: 'first',
  state: 'State',
  thing: 'What is owed',
  states: { open: 'open', fulfilled: 'fulfilled', waived: 'waived', cancelled: 'cancelled' },
  overdue: (days) => `${String(days)} working days overdue`,
  suspended: (decision, since) => `suspended since ${since} by ${decision}`,
  steps: 'Steps of the ladder',
  when: 'When',
  step: 'Step',
  stepStates: { pending: 'to come', held: 'on hold', fired: 'done', superseded: 'no longer needed', skipped: 'skipped' },
  levels: {
    reminder: 'Reminder',
    due: 'Due today',
    'chase-1': 'First chasing',
    'chase-2': 'Second chasing',
    'chase-3': 'Third chasing',
    'escalated-standing': 'Escalation to the standing agency',
    'escalated-city': 'Escalation to the city office',
  },
  waiting: 'Prepared documents that wait',
  howToDecide:
    'The system sends none of them: somebody in charge sends or publishes it and notes its number, or discards it with a reason.',
  preparedOn: 'Prepared',
  document: 'Document',
  documents: { 'city-list-item': 'Item for the list of the city office', 'late-agencies': 'List of late agencies' },
  mails: 'Mails',
  to: 'To',
  subject: 'Subject',
  mailStates: {
    queued: 'waits',
    sending: 'is being sent',
    sent: 'sent',
    unknown: 'handed over, outcome unknown',
    failed: 'failed',
    withdrawn: 'withdrawn',
    superseded: 'replaced by a newer mail',
  },
};
