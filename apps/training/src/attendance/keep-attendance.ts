import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { DomainError, type PayloadOf, type recordAttendance, type ReplyOf } from '#contracts';
import { WorkingDays } from '../calendar/working-days.js';
import { ClassDesk } from '../classes/class-desk.js';
import { attendable, type HeldClass } from '../classes/class.js';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { differenceOf, isOver, mustBeOnce, mustBeOpen, mustHaveBegun, type Mark, type Source } from './attendance.js';
import { AttendanceRepository, type Attendee, type HeldSession } from './attendance.repository.js';
import { BeginClass } from './begin-class.js';
import { CompleteClass, missingIn, type Attended } from './complete-class.js';

type Reply = ReplyOf<typeof recordAttendance>;

/** What is said of a class, once it is known what it has. */
type Said = (sessions: readonly HeldSession[], attendees: readonly Attendee[]) => readonly Mark[];

/** Marks are put on record, by whichever way they come: all of them, or none. */
@Injectable()
export class KeepAttendance {
  constructor(
    private readonly desk: ClassDesk,
    private readonly attendance: AttendanceRepository,
    private readonly beginning: BeginClass,
    private readonly completing: CompleteClass,
    private readonly history: HistoryRepository,
    private readonly days: WorkingDays,
  ) {}

  /**
   * Said again it changes nothing. A correction that changes who completed the class is followed at once.
   * @throws DomainError `class-not-found`, `changed-meanwhile`, `class-not-begun`, `session-not-found`, `not-enrolled`, `marked-twice`,
   * `session-not-begun`, `attendance-closed`, `reason-missing`, `certificate-stands`, `enrolled-elsewhere`
   */
  async execute(
    tx: Tx,
    of: Pick<PayloadOf<typeof recordAttendance>, 'seenVersion'> & { readonly classId: string },
    said: Said,
    source: Source,
    at: Temporal.Instant,
  ): Promise<Reply> {
    const { held: before } = await this.desk.hold(tx, of);
    const sessions = await this.attendance.sessions(tx, before.id);
    const held = await this.beginning.execute(tx, before, sessions, at);
    mustBeHeld(held);
    const attendees = await this.attendance.hold(tx, held.id);
    const marks = said(sessions, attendees);
    const concerned = this.check(held, { sessions, attendees, marks }, source, at);
    const known = await this.attendance.marks(tx, sessions, attendees);
    const { recorded, corrected } = differenceOf(marks, known);
    this.mustSayWhy(held, concerned, corrected, source, at);
    const now = merged(known, [...recorded, ...corrected]);
    const attended = { sessions, attendees, marks: now };
    const missing = missingIn({ ...attended, sessions: concerned });
    if (recorded.length + corrected.length === 0)
      return { classId: held.id, state: held.state, recorded: 0, corrected: 0, missing, version: held.version };
    await this.attendance.keep(tx, [...recorded, ...corrected], source, at);
    const version = await this.desk.classes.change(tx, held.id);
    await this.history.tell(tx, [
      {
        subject: 'class',
        subjectId: held.id,
        at,
        what: corrected.length > 0 ? 'attendance-corrected' : 'attendance-recorded',
        reason: source.reason,
        detail: {
          via: source.via,
          by: source.by,
          sessionIds: concerned.map(({ id }) => id),
          recorded: recorded.length,
          corrected: corrected.map(({ sessionId, enrolmentId, from, status }) => ({ sessionId, enrolmentId, from, to: status })),
        },
      },
    ]);
    const last = await this.completing.execute(tx, { ...held, version }, attended, corrected, at);
    return { classId: held.id, state: last.state, recorded: recorded.length, corrected: corrected.length, missing, version: last.version };
  }

  /** @returns the sessions that the marks are about */
  private check(held: HeldClass, { sessions, attendees, marks }: Attended, source: Source, at: Temporal.Instant): HeldSession[] {
    mustBeOnce(marks);
    const concerned = sessions.filter(({ id }) => marks.some(({ sessionId }) => sessionId === id));
    const theirs = source.via === 'link' ? concerned.filter(({ trainerId }) => trainerId === source.by) : concerned;
    mustAllBe(
      marks.filter(({ sessionId }) => !theirs.some(({ id }) => id === sessionId)).map(({ sessionId }) => ({ sessionId })),
      'session-not-found',
      source.via === 'link'
        ? 'These are not sessions of yours in this class. Open the link again; it shows those that are.'
        : `Class ${held.code} has no such sessions, or they are not held any more. Read the class.`,
    );
    const enrolled = new Set(attendees.map(({ id }) => id));
    mustAllBe(
      marks.filter(({ enrolmentId }) => !enrolled.has(enrolmentId)).map(({ enrolmentId }) => ({ enrolmentId })),
      'not-enrolled',
      `These are not enrolled in class ${held.code}. Leave them out, or have their agency nominate them.`,
    );
    mustHaveBegun(concerned, at);
    if (source.via === 'link') mustBeOpen(concerned, at, this.days.calendar);
    return concerned;
  }

  private mustSayWhy(
    held: HeldClass,
    concerned: readonly HeldSession[],
    corrected: readonly Mark[],
    { reason }: Source,
    at: Temporal.Instant,
  ) {
    if (reason !== null) return;
    const late = concerned.filter((session) => isOver(session, at, this.days.calendar) || held.state !== 'in-progress');
    mustAllBe(
      corrected
        .filter(({ sessionId }) => late.some(({ id }) => id === sessionId))
        .map(({ sessionId, enrolmentId }) => ({ sessionId, enrolmentId })),
      'reason-missing',
      'Attendance on record is corrected only with a "reason" once the class is completed, or three working days after the session.',
    );
  }
}

/** @throws DomainError `class-not-begun` */
function mustBeHeld({ code, state }: HeldClass): void {
  if (attendable(state)) return;
  throw new DomainError(
    'class-not-begun',
    `Class ${code} is ${state}: attendance is recorded once it has begun, and it begins when its roster is locked and those who come were told.`,
    [{ state }],
  );
}

function mustAllBe(faults: readonly Readonly<Record<string, unknown>>[], code: string, message: string): void {
  if (faults.length > 0) throw new DomainError(code, message, faults);
}

function merged(known: readonly Mark[], said: readonly Mark[]): Mark[] {
  const key = ({ sessionId, enrolmentId }: Mark) => `${sessionId} ${enrolmentId}`;
  return [...new Map([...known, ...said].map((mark) => [key(mark), mark])).values()];
}
