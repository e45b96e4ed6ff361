import { dayText } from '../templates/day-text.js';
import type { ClassTexts, NoticeSubject } from './class-texts.js';

const named = ({ code, title }: NoticeSubject): string => `lớp ${code}: ${title}`;
const from = ({ firstDay }: NoticeSubject): string => (firstDay === null ? '' : `, từ ngày ${dayText(firstDay)}`);

export const classTextsVi: ClassTexts = {
  theClass: 'Lớp tập huấn',
  classTitle: (code, title) => `Lớp ${code}: ${title}`,
  course: (title) => `Khóa: ${title}`,
  venue: (name, address) => `Địa điểm: ${name}, ${address}`,
  session: (ordinal, day) => `Buổi ${String(ordinal)}, ngày ${dayText(day)}`,
  time: (start, end) => `Thời gian: từ ${start} đến ${end}`,
  topic: (topic) => `Nội dung: ${topic}`,
  moment: (time, day) => `${time} ngày ${dayText(day)}`,
  cancelled: 'Các buổi không còn trong lịch của Ông/Bà',
  isCancelled: 'Đã hủy',
  calendars: 'Tệp lịch kèm theo giúp cập nhật lịch trên máy tính hoặc điện thoại của Ông/Bà.',
  calendarFile: {
    request: (code, ordinal) => `Lịch lớp ${code}, buổi ${String(ordinal)}`,
    cancel: (code, ordinal) => `Hủy lịch lớp ${code}, buổi ${String(ordinal)}`,
  },
  differences: { venue: 'địa điểm', sessions: 'lịch các buổi học', trainers: 'giảng viên' },
  changed: (differences) => `Nội dung thay đổi: ${differences.join(', ')}`,
  yourLink: (expiresOn) =>
    `Đường dẫn dưới đây dành riêng cho Ông/Bà, có hiệu lực đến hết ngày ${dayText(expiresOn)}; xin không chuyển tiếp.`,
  invitation: {
    subject: (code, title, firstDay) => `Mời giảng dạy lớp ${code}: ${title}, từ ngày ${dayText(firstDay)}`,
    lead: (document) => `Thực hiện ${document}, trân trọng mời Ông/Bà tham gia giảng dạy lớp tập huấn sau:`,
    sessions: 'Các buổi mời Ông/Bà giảng dạy',
    answerBy: (day) => `Kính đề nghị Ông/Bà trả lời chậm nhất ngày ${dayText(day)}.`,
    onlyShows:
      'Đường dẫn dưới đây chỉ mở trang xem thư mời. Ông/Bà nhận lời hoặc từ chối bằng nút bấm trên trang đó; đường dẫn dành riêng cho Ông/Bà, xin không chuyển tiếp.',
    link: 'Xem thư mời và trả lời',
  },
  roster: {
    subject: (version, code, title, firstDay) =>
      `Danh sách học viên${version === 1 ? '' : ` (cập nhật lần ${String(version - 1)})`} lớp ${code}: ${title}, từ ngày ${dayText(firstDay)}`,
    lead: (document) => `Thực hiện ${document}, trân trọng gửi Ông/Bà danh sách học viên và lịch của lớp tập huấn sau:`,
    version: 'Phiên bản danh sách',
    trainees: 'Số học viên',
    lockedAt: 'Chốt danh sách lúc',
    joined: 'Học viên mới so với lần gửi trước',
    left: 'Học viên không còn so với lần gửi trước',
    sessions: 'Các buổi học',
    own: 'Ông/Bà giảng dạy',
    attached: (file) => `Danh sách kèm theo: tệp “${file}.xlsx” để làm việc và tệp “${file}.pdf” để in, học viên ký ở từng buổi.`,
    keepClosed:
      'Danh sách có dữ liệu cá nhân, chỉ dùng cho việc giảng dạy và điểm danh của lớp này; đề nghị không chuyển cho người khác và xóa khi lớp kết thúc.',
    link: 'Xem danh sách mới nhất',
    file: (code, version) => `Danh sách học viên lớp ${code}, phiên bản ${String(version)}`,
  },
  notice: {
    subjects: {
      invitation: (subject) => `Mời tham gia ${named(subject)}${from(subject)}`,
      promoted: (subject) => `Đã có chỗ: mời tham gia ${named(subject)}${from(subject)}`,
      changed: (subject) => `Thay đổi lịch ${named(subject)}${from(subject)}`,
      postponed: (subject) => `Hoãn ${named(subject)}`,
      cancelled: (subject) => `Hủy ${named(subject)}`,
      withdrawn: (subject) => `Thông báo không còn lịch tại ${named(subject)}`,
      reminder: (subject) => `Nhắc lịch ${named(subject)}${from(subject)}`,
    },
    leads: {
      trainee: {
        invitation: (document) => `Thực hiện ${document}, trân trọng mời Ông/Bà tham dự lớp tập huấn sau:`,
        promoted: (document) =>
          `Thực hiện ${document}, lớp đã có chỗ: Ông/Bà được chuyển từ danh sách chờ sang danh sách học viên của lớp tập huấn sau:`,
        changed: (document) => `Thực hiện ${document}, trân trọng thông báo thay đổi của lớp tập huấn mà Ông/Bà tham dự:`,
        postponed: (document) => `Thực hiện ${document}, lớp tập huấn mà Ông/Bà tham dự được hoãn:`,
        cancelled: (document) => `Thực hiện ${document}, lớp tập huấn mà Ông/Bà tham dự không tổ chức nữa:`,
        withdrawn: (document) => `Thực hiện ${document}, xin thông báo Ông/Bà không còn trong danh sách học viên của lớp tập huấn sau:`,
        reminder: (document) => `Thực hiện ${document}, xin nhắc lịch lớp tập huấn mà Ông/Bà tham dự:`,
      },
      trainer: {
        invitation: (document) => `Thực hiện ${document}, trân trọng gửi Ông/Bà lịch giảng dạy của lớp tập huấn sau:`,
        promoted: (document) => `Thực hiện ${document}, trân trọng gửi Ông/Bà lịch giảng dạy của lớp tập huấn sau:`,
        changed: (document) => `Thực hiện ${document}, trân trọng thông báo thay đổi của lớp tập huấn mà Ông/Bà giảng dạy:`,
        postponed: (document) => `Thực hiện ${document}, lớp tập huấn mà Ông/Bà giảng dạy được hoãn:`,
        cancelled: (document) => `Thực hiện ${document}, lớp tập huấn mà Ông/Bà giảng dạy không tổ chức nữa:`,
        withdrawn: (document) => `Thực hiện ${document}, xin thông báo Ông/Bà không còn lịch giảng dạy tại lớp tập huấn sau:`,
        reminder: (document) => `Thực hiện ${document}, xin nhắc lịch giảng dạy của Ông/Bà:`,
      },
    },
    sessions: 'Lịch của Ông/Bà',
    decision: (decision) => `Theo văn bản: ${decision}`,
    reason: (reason) => `Lý do: ${reason}`,
    urgent: (reason) => `Thông báo này được gửi gấp, muộn hơn 3 ngày làm việc trước buổi đầu. Lý do: ${reason}`,
    come: {
      trainee:
        'Đề nghị Ông/Bà có mặt đúng giờ và ký tên vào danh sách ở từng buổi. Trường hợp không tham dự được, đề nghị báo ngay cơ quan đã cử Ông/Bà để cử người khác.',
      trainer: 'Trường hợp không giảng dạy được theo lịch này, đề nghị Ông/Bà báo ngay đơn vị tổ chức lớp.',
    },
    nothing: 'Ông/Bà không còn buổi nào phải đến tại lớp này.',
    nothingYet: 'Hiện Ông/Bà không có buổi nào phải đến tại lớp này. Khi có lịch mới, hệ thống sẽ thông báo.',
    privacy:
      'Họ tên, đơn vị, chức vụ và thông tin liên hệ của Ông/Bà do cơ quan cử đi học cung cấp, chỉ dùng để tổ chức lớp, điểm danh và cấp giấy chứng nhận. Ông/Bà có quyền xem, đề nghị chỉnh sửa, xóa hoặc hạn chế xử lý dữ liệu của mình thông qua cơ quan đã cử Ông/Bà hoặc cơ quan thường trực của kế hoạch.',
  },
  attendance: {
    subject: (code, title, days) => `Đề nghị điểm danh lớp ${code}: ${title}, ngày ${days.map(dayText).join(', ')}`,
    lead: (document) => `Thực hiện ${document}, hệ thống chưa nhận được kết quả điểm danh của lớp tập huấn sau:`,
    sessions: 'Các buổi chưa có kết quả điểm danh',
    ask: 'Kính đề nghị Ông/Bà ghi ai có mặt, ai vắng ở từng buổi. Kết quả này là căn cứ cấp giấy chứng nhận và lập báo cáo lớp.',
    onlyShows: 'Mở đường dẫn chưa ghi gì; kết quả chỉ được ghi khi Ông/Bà bấm nút trên trang.',
    link: 'Mở trang điểm danh',
  },
  certificate: {
    subject: (code, title) => `Giấy chứng nhận hoàn thành lớp ${code}: ${title}`,
    lead: (document) => `Thực hiện ${document}, trân trọng gửi Ông/Bà giấy chứng nhận đã hoàn thành lớp tập huấn sau:`,
    number: (number) => `Số giấy chứng nhận: ${number}`,
    issuedOn: (day) => `Ngày cấp: ${dayText(day)}`,
    link: 'Xem giấy chứng nhận',
    shows:
      'Trang này xác nhận giấy chứng nhận là thật. Bản in do đơn vị tổ chức lớp cấp. Ai có đường dẫn cũng xem được; Ông/Bà chỉ gửi cho nơi cần kiểm tra.',
  },
};
