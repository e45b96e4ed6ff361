import { classTextsVi } from '../class-mails/class-texts.vi.js';
import { dayText } from './day-text.js';
import type { Subject, Texts } from './texts.js';

const thing = ({ debtor, title }: Subject): string => (debtor === null ? title : `${debtor}, ${title}`);
const chasing =
  (times: number) =>
  (subject: Subject): string =>
    `Đôn đốc lần ${String(times)}: ${thing(subject)} quá hạn ${String(subject.daysLate)} ngày làm việc`;
const phoneText = (phone: string | null): string => (phone === null ? '' : `, điện thoại ${phone}`);

/** Formal administrative Vietnamese. */
export const vi: Texts = {
  lang: 'vi',
  document: (number, day) => `Kế hoạch số ${number} ngày ${dayText(day)}`,
  greeting: (name, agency) => `Kính gửi: Ông/Bà ${name}, ${agency}`,
  standInGreeting: (name, absent, until, agency) =>
    `Kính gửi: Ông/Bà ${name}, thay mặt Ông/Bà ${absent} (ủy quyền đến hết ngày ${dayText(until)}), ${agency}`,
  chasingLead: (document) => `Thực hiện ${document}, hệ thống đôn đốc trân trọng thông báo tới Quý cơ quan các nội dung sau:`,
  sections: {
    owes: 'Nội dung Quý cơ quan cần thực hiện',
    copied: 'Gửi để biết: đơn vị đang được đôn đốc',
    escalated: 'Đề nghị xem xét, chỉ đạo: đơn vị chậm thực hiện',
  },
  levels: {
    reminder: 'Nhắc trước hạn',
    due: 'Đến hạn',
    'chase-1': 'Đôn đốc lần 1',
    'chase-2': 'Đôn đốc lần 2',
    'chase-3': 'Đôn đốc lần 3',
    'escalated-standing': 'Báo cáo cơ quan thường trực',
    'escalated-city': 'Báo cáo Văn phòng UBND Thành phố',
  },
  title: (title, period) => `${title} ${period}`,
  status: (level, daysLeft) => {
    if (daysLeft === 0) return `${level} · hạn hôm nay`;
    return daysLeft > 0 ? `${level} · còn ${String(daysLeft)} ngày làm việc` : `${level} · quá hạn ${String(-daysLeft)} ngày làm việc`;
  },
  plan: (document) => `Theo ${document}`,
  creditor: (name) => `Nơi nhận: ${name}`,
  dueOn: (day) => `Hạn: chậm nhất ngày ${dayText(day)}`,
  window: (from, to) => `Số liệu: từ ${dayText(from)} đến ${dayText(to)}`,
  chasings: (count) => `Đã đôn đốc: ${String(count)} lần`,
  next: (level, day) => `Nếu chưa thực hiện, bước tiếp theo: ${level}, ngày ${dayText(day)}`,
  toSend: 'Đã chuẩn bị dự thảo mục báo cáo Văn phòng UBND Thành phố; chờ Quý cơ quan quyết định và gửi, hệ thống không tự gửi',
  sentBy: (number) => `Cơ quan thường trực đã báo cáo tại Công văn số ${number}`,
  noNext: 'Hệ thống không còn bước tự động nào; đề nghị người có thẩm quyền quyết định',
  act: {
    owes: 'Đề nghị Quý cơ quan thực hiện đúng thời hạn; nội dung đã quá hạn, đề nghị gửi ngay hoặc nêu rõ lý do chậm và thời gian hoàn thành. Nếu đã gửi, xin bỏ qua thư này.',
    copied: 'Các nội dung gửi để biết không yêu cầu Quý cơ quan trả lời.',
    escalated: 'Đề nghị Quý cơ quan chỉ đạo đơn vị chậm thực hiện, quyết định gia hạn hoặc xác nhận đang xử lý.',
  },
  ask: ({ name, agency, phone }) => `Đầu mối giải đáp: Ông/Bà ${name}, ${agency}${phoneText(phone)}.`,
  link: 'Xem và trả lời',
  footer: 'Thư tự động của hệ thống đôn đốc, không thay thế văn bản hành chính.',
  subjects: {
    reminder: (subject) => `${subject.isReport ? 'Nhắc nộp ' : 'Nhắc thực hiện: '}${thing(subject)}, hạn ${dayText(subject.dueOn)}`,
    due: (subject) => `Hôm nay đến hạn: ${thing(subject)}`,
    'chase-1': chasing(1),
    'chase-2': chasing(2),
    'chase-3': chasing(3),
    'escalated-standing': (subject) => `Đề nghị chỉ đạo: ${thing(subject)} quá hạn ${String(subject.daysLate)} ngày làm việc`,
    'escalated-city': (subject) =>
      `${subject.toSend ? 'Chờ Quý cơ quan gửi báo cáo Văn phòng UBND Thành phố' : 'Báo cáo UBND Thành phố'}: ${thing(subject)} quá hạn ${String(subject.daysLate)} ngày làm việc, đã đôn đốc nhiều lần`,
  },
  more: (count) => ` và ${String(count)} nội dung khác`,
  repeated: (subject) => `(Gửi lại) ${subject}`,
  digest: {
    subject: (day, overdue) => `Tổng hợp tình hình báo cáo, ngày ${dayText(day)}: ${String(overdue)} nội dung quá hạn`,
    lead: (document, day) =>
      `Hệ thống đôn đốc trân trọng báo cáo Quý cơ quan tình hình thực hiện ${document}, tính đến ngày ${dayText(day)}:`,
    figures: {
      open: 'Nội dung đang theo dõi',
      overdue: 'Quá hạn',
      dueThisWeek: 'Đến hạn trong tuần',
      submittedThisWeek: 'Đã nộp trong tuần',
      escalated: 'Đã báo cáo cấp trên',
    },
    late: 'Cơ quan chậm báo cáo',
    overdue: (days) => `Quá hạn ${String(days)} ngày làm việc`,
    upcoming: 'Sắp đến hạn',
    allOnTime: 'Không có cơ quan nào chậm báo cáo.',
    unreachable: 'Đầu mối không nhận được thư',
    nobody: 'Cơ quan không còn đầu mối nào nhận được thư',
    since: (day) => `Từ ngày ${dayText(day)}`,
    nameAnother: 'Đề nghị cử đầu mối khác hoặc cập nhật địa chỉ thư.',
    suspended: 'Đang tạm dừng',
    wholePlan: 'Toàn bộ kế hoạch',
    task: (code, title) => `Nhiệm vụ ${code}: ${title}`,
    suspension: (decision, since, until) =>
      `Từ ngày ${dayText(since)}${until === null ? '' : ` đến hết ngày ${dayText(until)}`}, theo ${decision}`,
    held: (count) => `${String(count)} nội dung chưa đôn đốc trong thời gian này`,
    calendar: {
      missing: (year) =>
        `Lịch nghỉ năm ${String(year)} chưa có trong hệ thống: đề nghị bổ sung tệp plans/calendar/${String(year)}.yaml theo quyết định của Thủ tướng Chính phủ.`,
      provisional: (year) =>
        `Lịch nghỉ năm ${String(year)} trong hệ thống mới là tạm tính: đề nghị cập nhật tệp plans/calendar/${String(year)}.yaml theo quyết định của Thủ tướng Chính phủ.`,
    },
    waiting: 'Văn bản đã chuẩn bị, chờ Quý cơ quan quyết định',
    waits: (count) => `${String(count)} văn bản đang chờ`,
    documents: {
      'city-list-item': 'Mục báo cáo Văn phòng UBND Thành phố',
      'late-agencies': 'Danh sách cơ quan chậm thực hiện theo quý',
    },
  },
  classes: classTextsVi,
  contact: (name, phone) => `Đầu mối: Ông/Bà ${name}${phoneText(phone)}`,
};
