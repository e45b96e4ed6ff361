import type { AttendanceStatus, SessionPart } from '#contracts';
import type { Language } from '../links/letter-page.js';

/** What became of a form that was sent. */
export type Outcome = 'recorded' | 'nothing' | 'refused';

/** Every word of the page in one language. Days as officials write them. */
export interface Words {
  readonly title: string;
  readonly howTo: string;
  readonly course: string;
  readonly parts: Readonly<Record<SessionPart, string>>;
  readonly session: (ordinal: number, part: string, day: string) => string;
  readonly marks: Readonly<Record<AttendanceStatus, string>>;
  readonly forgotten: (number: number) => string;
  readonly save: (ordinal: number) => string;
  readonly complete: string;
  readonly openUntil: (day: string) => string;
  readonly notBegun: string;
  readonly closed: string;
  readonly noSessions: string;
  readonly outcomes: Readonly<Record<Outcome, string>>;
}

export const words: Readonly<Record<Language, Words>> = {
  vi: {
    title: 'Điểm danh lớp',
    howTo: 'Đánh dấu từng học viên rồi bấm nút ghi của buổi đó. Có thể ghi từng phần và sửa lại trong thời hạn.',
    course: 'Khóa',
    parts: { morning: 'sáng', afternoon: 'chiều' },
    session: (ordinal, part, day) => `Buổi ${String(ordinal)}: ${part} ngày ${day}`,
    marks: { present: 'Có mặt', late: 'Muộn', excused: 'Có phép', absent: 'Vắng' },
    forgotten: (number) => `Học viên số ${String(number)} (đã khử nhận dạng)`,
    save: (ordinal) => `Ghi điểm danh buổi ${String(ordinal)}`,
    complete: 'Đã ghi đủ.',
    openUntil: (day) => `Ghi và sửa được đến hết ngày ${day}.`,
    notBegun: 'Buổi học chưa bắt đầu.',
    closed: 'Đã hết thời hạn ghi qua đường dẫn. Đề nghị báo cơ quan tổ chức lớp.',
    noSessions: 'Hiện không có buổi nào của ông (bà) trong lớp này.',
    outcomes: {
      recorded: 'Đã ghi nhận điểm danh.',
      nothing: 'Chưa có học viên nào được đánh dấu, nên chưa ghi gì.',
      refused: 'Chưa ghi được: buổi học hoặc danh sách đã thay đổi. Nội dung dưới đây là mới nhất.',
    },
  },
  en: {
    title: 'Attendance of a class',
    howTo: 'Mark each person, then press the button of that session. It may be done in parts, and corrected while the session is open.',
    course: 'Course',
    parts: { morning: 'morning', afternoon: 'afternoon' },
    session: (ordinal, part, day) => `Session ${String(ordinal)}: ${part} of ${day}`,
    marks: { present: 'Present', late: 'Late', excused: 'Excused', absent: 'Absent' },
    forgotten: (number) => `Trainee number ${String(number)} (de-identified)`,
    save: (ordinal) => `Record session ${String(ordinal)}`,
    complete: 'Everybody is marked.',
    openUntil: (day) => `Open until ${day}, that day included.`,
    notBegun: 'This session has not begun.',
    closed: 'It can no longer be recorded by this link. Tell the agency that holds the class.',
    noSessions: 'You have no sessions in this class now.',
    outcomes: {
      recorded: 'The attendance is on record.',
      nothing: 'Nobody was marked, so nothing was recorded.',
      refused: 'Not recorded: the session or the list changed meanwhile. Below is what it is now.',
    },
  },
};
