import type { RosterForm } from '#contracts';
import type { Language } from '../links/letter-page.js';

/** What the page of a roster says. */
export interface Words {
  readonly title: string;
  readonly version: (version: number, on: string, trainees: number) => string;
  readonly classCode: string;
  readonly course: string;
  readonly venue: string;
  readonly noVenue: string;
  readonly sessions: string;
  readonly session: (ordinal: number, on: string) => string;
  readonly heads: readonly string[];
  readonly people: string;
  readonly peopleHeads: readonly string[];
  readonly keep: Readonly<Record<RosterForm, string>>;
  readonly recorded: string;
  readonly attendance: string;
  readonly expires: (on: string) => string;
}

const vi: Words = {
  title: 'Danh sách học viên',
  version: (version, on, trainees) => `Bản ${String(version)}, chốt lúc ${on}; ${String(trainees)} học viên.`,
  classCode: 'Lớp',
  course: 'Khóa',
  venue: 'Địa điểm',
  noVenue: 'Chưa xác định',
  sessions: 'Các buổi học',
  session: (ordinal, on) => `Buổi ${String(ordinal)}, ngày ${on}`,
  heads: ['Buổi', 'Giờ', 'Nội dung', 'Giảng viên'],
  people: 'Học viên',
  peopleHeads: ['TT', 'Họ và tên', 'Đơn vị', 'Chức vụ', 'Nhu cầu'],
  keep: { xlsx: 'Tải bảng tính (XLSX)', pdf: 'Tải bản in (PDF)' },
  recorded: 'Danh sách có dữ liệu cá nhân, chỉ dùng cho lớp học này. Mỗi lần tải được ghi lại.',
  attendance: 'Điểm danh',
  expires: (on) => `Đường dẫn này dùng được đến hết ngày ${on}.`,
};

const en: Words = {
  title: 'Roster',
  version: (version, on, trainees) => `Version ${String(version)}, locked at ${on}; ${String(trainees)} trainees.`,
  classCode: 'Class',
  course: 'Course',
  venue: 'Venue',
  noVenue: 'Not settled yet',
  sessions: 'Sessions',
  session: (ordinal, on) => `Session ${String(ordinal)}, ${on}`,
  heads: ['Session', 'Hours', 'Topic', 'Trainer'],
  people: 'Trainees',
  peopleHeads: ['No.', 'Name', 'Unit', 'Position', 'Needs'],
  keep: { xlsx: 'Download the workbook (XLSX)', pdf: 'Download to print (PDF)' },
  recorded: 'The list holds personal data, for this class alone. Each download is recorded.',
  attendance: 'Take attendance',
  expires: (on) => `This link opens until the end of ${on}.`,
};

export const words: Readonly<Record<Language, Words>> = { vi, en };
