import { type Temporal } from 'temporal-polyfill';
import { cleanText } from './clean-text.js';
import { type Issuer } from './pdf.js';
import { byVietnameseName } from './vietnamese-order.js';
import { dayText, momentText, weekdayText } from './vietnamese-time.js';

/** What a trainer needs to hold a class, and no more: no birth date, no telephone, no identity number. */
export interface RosterFacts {
  readonly issuer: Issuer;
  /** As it is cited: "Kế hoạch số 100/KH-UBND ngày 04/5/2020". */
  readonly planDocument: string;
  readonly course: string;
  readonly classCode: string;
  readonly classTitle: string;
  readonly venue: { readonly name: string; readonly address: string };
  readonly sessions: readonly RosterSession[];
  readonly trainees: readonly RosterTrainee[];
  /** Counts what was sent of this class's roster. */
  readonly version: number;
  readonly lockedAt: Temporal.Instant;
  readonly madeAt: Temporal.Instant;
}

/** A half day (buổi). */
export interface RosterSession {
  readonly ordinal: number;
  readonly date: Temporal.PlainDate;
  readonly part: 'morning' | 'afternoon';
  /** Local times, HH:mm. */
  readonly startsAt: string;
  readonly endsAt: string;
  readonly topic: string;
  readonly trainer: string;
}

export interface RosterTrainee {
  readonly name: string;
  readonly unit: string;
  readonly position: string;
  readonly needs: string;
}

const PARTS = { morning: 'Sáng', afternoon: 'Chiều' } as const;

/** The words of both forms of a roster. */
export interface RosterText {
  readonly title: string;
  /** What stands above the table, line by line. */
  readonly facts: readonly string[];
  readonly sessions: readonly string[];
  readonly columns: readonly string[];
  /** Heading of each session's box to sign in, over two lines. */
  readonly boxes: readonly (readonly [string, string])[];
  /** Numbered, by name as Vietnamese lists are. */
  readonly rows: readonly (readonly [number, string, string, string, string])[];
}

/** Everything that a roster says, composed and clean, in the order in which it stands. */
export function rosterText(facts: RosterFacts): RosterText {
  const sessions = [...facts.sessions].sort((one, other) => one.ordinal - other.ordinal);
  const trainees = [...facts.trainees].sort(
    (one, other) => byVietnameseName(one.name, other.name) || byVietnameseName(one.unit, other.unit),
  );
  return {
    title: 'DANH SÁCH HỌC VIÊN',
    facts: [
      `Lớp ${facts.classCode}: ${facts.classTitle}`,
      `Khóa: ${facts.course}. Thực hiện ${facts.planDocument}`,
      `Địa điểm: ${facts.venue.name}, ${facts.venue.address}`,
      `Phiên bản ${facts.version}, chốt lúc ${momentText(facts.lockedAt)}. Số học viên: ${trainees.length}`,
    ].map(cleanText),
    sessions: sessions.map((session) =>
      cleanText(
        `Buổi ${session.ordinal}: ${PARTS[session.part].toLowerCase()} ${weekdayText(session.date)}, ${dayText(session.date)}, ` +
          `${session.startsAt}–${session.endsAt}. ${session.topic}. Giảng viên: ${session.trainer}`,
      ),
    ),
    columns: ['TT', 'Họ và tên', 'Đơn vị', 'Chức vụ', 'Nhu cầu'],
    boxes: sessions.map(({ ordinal, part, date }) => [`Buổi ${ordinal}`, `${PARTS[part]} ${dayText(date).slice(0, 5)}`]),
    rows: trainees.map(({ name, unit, position, needs }, index) => [
      index + 1,
      cleanText(name),
      cleanText(unit),
      cleanText(position),
      cleanText(needs),
    ]),
  };
}
