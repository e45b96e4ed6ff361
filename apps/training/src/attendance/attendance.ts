import { Temporal } from 'temporal-polyfill';
import { atLocalTime, localDate, startOfDay, type WorkingCalendar } from '#calendar';
import { DomainError, type AttendanceStatus, type PayloadOf, type recordAttendanceSheet } from '#contracts';
import { timesOf, type Slot } from '../bookings/timetable.js';

/** What is said of one person and one session. */
export interface Mark {
  readonly sessionId: string;
  readonly enrolmentId: string;
  readonly status: AttendanceStatus;
}

/** Who said it, and by which way. */
export interface Source {
  readonly via: 'link' | 'api' | 'sheet';
  /** The account, or the trainer's id. */
  readonly by: string;
  readonly reason: string | null;
}

/** Working days after a session in which its trainer corrects by link, and the office without a reason: an assumption. */
const CORRECTED_WITHIN = 3;

/** Present and late count; excused does not: an assumption, the plan says nothing of attendance. */
export function counts(status: AttendanceStatus): boolean {
  return status === 'present' || status === 'late';
}

/**
 * Whether so many of so many sessions reach the threshold of the course, in per cent (domain 4.4). In whole numbers: 79.9 per cent is less than 80, and
 * nothing is rounded.
 */
export function reaches(attended: number, sessions: number, threshold: number): boolean {
  return sessions > 0 && attended * 100 >= threshold * sessions;
}

/** Last day on which a trainer records or corrects a session by link. */
export function openUntil(day: Temporal.PlainDate, calendar: WorkingCalendar): Temporal.PlainDate {
  return calendar.addWorkingDays(day, CORRECTED_WITHIN);
}

/** Whether the session has begun: only then its attendance is known. */
export function hasBegun(session: Slot, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(timesOf(session).startsAt, now) <= 0;
}

/** @throws DomainError `session-not-begun` */
export function mustHaveBegun(sessions: readonly (Slot & { readonly id: string })[], now: Temporal.Instant): void {
  const early = sessions.filter((session) => !hasBegun(session, now));
  if (early.length === 0) return;
  throw new DomainError(
    'session-not-begun',
    'Attendance is recorded once a session has begun. Wait for it, or move the session if it was held earlier.',
    early.map(({ id, day, part }) => ({ sessionId: id, day: day.toString(), part })),
  );
}

/**
 * By link a session is open for three working days; later the office corrects it.
 * @throws DomainError `attendance-closed`
 */
export function mustBeOpen(sessions: readonly (Slot & { readonly id: string })[], now: Temporal.Instant, calendar: WorkingCalendar): void {
  const closed = sessions.filter((session) => isOver(session, now, calendar));
  if (closed.length === 0) return;
  throw new DomainError(
    'attendance-closed',
    `By link attendance is recorded for ${String(CORRECTED_WITHIN)} working days after the session. Tell the agency that holds the class; its office records it.`,
    closed.map(({ id, day, part }) => ({ sessionId: id, day: day.toString(), part })),
  );
}

/** Whether the days in which corrections need no reason are over. */
export function isOver(session: Slot, now: Temporal.Instant, calendar: WorkingCalendar): boolean {
  return Temporal.PlainDate.compare(localDate(now), openUntil(session.day, calendar)) > 0;
}

/** The moment at which a link about a session's attendance opens nothing any more. */
export function linkExpires(day: Temporal.PlainDate, calendar: WorkingCalendar): Temporal.Instant {
  return startOfDay(openUntil(day, calendar).add({ days: 1 }));
}

/**
 * When a trainer is asked for the second and last time: at 08:00 of the working day after the one on which the first mail, written at 18:00, can leave. From
 * then on it is a person's case.
 */
export function askedAgainAt(day: Temporal.PlainDate, calendar: WorkingCalendar): Temporal.Instant {
  const leaves = localDate(calendar.nextOfficeHour(atLocalTime(day, '18:00')));
  return atLocalTime(calendar.addWorkingDays(leaves, 1), '08:00');
}

/** One person and session has one mark. @throws DomainError `marked-twice` */
export function mustBeOnce(marks: readonly Mark[]): void {
  const seen = new Set<string>();
  const twice = marks.filter(({ sessionId, enrolmentId }) => seen.size === seen.add(`${sessionId} ${enrolmentId}`).size);
  if (twice.length === 0) return;
  throw new DomainError(
    'marked-twice',
    'One person has one mark in a session. Send each once.',
    twice.map(({ sessionId, enrolmentId }) => ({ sessionId, enrolmentId })),
  );
}

/** What the marks change, beside those that say what is on record already. */
export function differenceOf(
  marks: readonly Mark[],
  known: readonly Mark[],
): { recorded: Mark[]; corrected: (Mark & { readonly from: AttendanceStatus })[] } {
  const before = new Map(known.map((mark) => [`${mark.sessionId} ${mark.enrolmentId}`, mark.status]));
  const recorded: Mark[] = [];
  const corrected: (Mark & { from: AttendanceStatus })[] = [];
  for (const mark of marks) {
    const from = before.get(`${mark.sessionId} ${mark.enrolmentId}`);
    if (from === undefined) recorded.push(mark);
    else if (from !== mark.status) corrected.push({ ...mark, from });
  }
  return { recorded, corrected };
}

type Rows = PayloadOf<typeof recordAttendanceSheet>['rows'];

/** What may stand in a box of the sheet, in whatever case: the legend of the sheet says the first of each. */
const WORDS: Readonly<Record<AttendanceStatus, readonly string[]>> = {
  present: ['có mặt', 'co mat', 'x', 'present'],
  late: ['muộn', 'muon', 'm', 'late'],
  excused: ['có phép', 'co phep', 'p', 'excused'],
  absent: ['vắng', 'vang', 'v', 'absent'],
};
const MEANING = new Map(
  Object.entries(WORDS).flatMap(([status, words]) => words.map((word) => [word, status as AttendanceStatus] as const)),
);

/**
 * The marks that a sheet says; an empty box says nothing. Pure.
 * @param sessions of the class in their order, so that box `ordinal` is the session of that number
 * @param numbers enrolment by its number
 * @throws DomainError `sheet-refused` with every fault at its cell, `sheet-empty`
 */
export function marksOf(rows: Rows, sessions: readonly { readonly id: string }[], numbers: ReadonlyMap<string, string>): Mark[] {
  const faults: { address: string; message: string }[] = [];
  const marks: Mark[] = [];
  const seen = new Map<string, string>();
  for (const { number, marks: boxes } of rows) {
    const enrolmentId = numbers.get(number.text);
    const first = seen.get(number.text);
    if (enrolmentId === undefined)
      faults.push({ address: number.address, message: `nobody enrolled in this class has number "${number.text}"` });
    else if (first !== undefined) faults.push({ address: number.address, message: `number ${number.text} stands in ${first} already` });
    seen.set(number.text, first ?? number.address);
    for (const box of boxes.filter(({ text }) => text !== '')) {
      const [status, session] = [MEANING.get(box.text.normalize('NFC').toLowerCase()), sessions[box.ordinal - 1]];
      if (!session) faults.push({ address: box.address, message: `the class has no session ${String(box.ordinal)}` });
      else if (!status) faults.push({ address: box.address, message: `"${box.text}" is no mark: write ${legend()}` });
      else if (enrolmentId !== undefined && first === undefined) marks.push({ sessionId: session.id, enrolmentId, status });
    }
  }
  if (faults.length > 0)
    throw new DomainError(
      'sheet-refused',
      'Nothing of the sheet was recorded. "errors" lists each fault at its cell; correct them and send it again.',
      faults,
    );
  if (marks.length === 0) throw new DomainError('sheet-empty', `No box of the sheet is filled in. Write ${legend()}.`);
  return marks;
}

function legend(): string {
  return Object.values(WORDS)
    .map(([first = '', , letter = '']) => `"${first}" (${letter})`)
    .join(', ');
}
