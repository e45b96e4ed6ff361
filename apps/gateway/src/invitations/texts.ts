import type { EngagementState } from '#contracts';
import type { Language } from '../links/letter-page.js';

/** Every word of the page in one language. Days as officials write them. */
export interface Words {
  readonly title: string;
  readonly greeting: (trainer: string) => string;
  readonly classCode: string;
  readonly course: string;
  readonly venue: string;
  readonly noVenue: string;
  readonly sessions: string;
  readonly heads: readonly [session: string, time: string, topic: string];
  readonly session: (ordinal: number, day: string) => string;
  readonly noSessions: string;
  readonly states: Readonly<Record<EngagementState, string>>;
  readonly answerBy: (day: string) => string;
  readonly answeredAt: (moment: string) => string;
  readonly ask: string;
  readonly reason: string;
  readonly accept: string;
  readonly decline: string;
  readonly mayDecline: string;
  readonly outcomes: Readonly<Record<'recorded' | 'known' | 'refused', string>>;
}

export const words: Readonly<Record<Language, Words>> = {
  vi: {
    title: 'Thư mời giảng dạy',
    greeting: (trainer) => `Kính gửi: ${trainer}`,
    classCode: 'Lớp',
    course: 'Khóa',
    venue: 'Địa điểm',
    noVenue: 'sẽ thông báo sau',
    sessions: 'Các buổi được mời giảng',
    heads: ['Buổi', 'Thời gian', 'Nội dung'],
    session: (ordinal, day) => `Buổi ${String(ordinal)}, ngày ${day}`,
    noSessions: 'Không còn buổi nào được mời giảng.',
    states: {
      proposed: 'Chưa mời',
      invited: 'Đang chờ trả lời',
      accepted: 'Đã nhận lời',
      declined: 'Đã từ chối',
      ended: 'Đã kết thúc',
      delivered: 'Đã giảng dạy xong',
    },
    answerBy: (day) => `Đề nghị trả lời trước hết ngày ${day}.`,
    answeredAt: (moment) => `Trả lời được ghi nhận lúc ${moment}.`,
    ask: 'Trả lời',
    reason: 'Lý do hoặc ý kiến (không bắt buộc)',
    accept: 'Nhận lời',
    decline: 'Từ chối',
    mayDecline: 'Nếu có việc đột xuất, có thể từ chối cho đến khi chốt danh sách học viên. Đã từ chối thì không đổi lại được.',
    outcomes: {
      recorded: 'Đã ghi nhận trả lời. Trân trọng cảm ơn.',
      known: 'Trả lời này đã được ghi nhận từ trước; không có gì thay đổi.',
      refused: 'Không ghi nhận được trả lời này. Trạng thái hiện nay ở dưới đây; nếu cần thay đổi, đề nghị liên hệ cơ quan gửi thư mời.',
    },
  },
  en: {
    title: 'Invitation to teach',
    greeting: (trainer) => `To: ${trainer}`,
    classCode: 'Class',
    course: 'Course',
    venue: 'Venue',
    noVenue: 'to be announced',
    sessions: 'Sessions that you are asked to teach',
    heads: ['Session', 'Time', 'Topic'],
    session: (ordinal, day) => `Session ${String(ordinal)}, ${day}`,
    noSessions: 'You are not asked to teach any session now.',
    states: {
      proposed: 'Not invited yet',
      invited: 'Your answer is awaited',
      accepted: 'You accepted',
      declined: 'You declined',
      ended: 'Over',
      delivered: 'You taught it',
    },
    answerBy: (day) => `Please answer by ${day}.`,
    answeredAt: (moment) => `Your answer was recorded at ${moment}.`,
    ask: 'Answer',
    reason: 'Reason or remark (may be left empty)',
    accept: 'Accept',
    decline: 'Decline',
    mayDecline: 'If something comes up you may decline until the list of trainees is locked. Once declined, that cannot be taken back.',
    outcomes: {
      recorded: 'Your answer is on record. Thank you.',
      known: 'This answer was on record already; nothing changed.',
      refused: 'This answer could not be taken. What holds now is shown below; to change it, call whoever invited you.',
    },
  },
};
