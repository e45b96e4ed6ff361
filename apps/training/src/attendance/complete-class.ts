import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { DomainError } from '#contracts';
import { ClassRepository } from '../classes/class.repository.js';
import { after, type HeldClass } from '../classes/class.js';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { counts, hasBegun, reaches, type Mark } from './attendance.js';
import { AttendanceRepository, type Attendee, type HeldSession } from './attendance.repository.js';

/** What a class is completed of: everybody enrolled, every session, and what is on record. */
export interface Attended {
  readonly sessions: readonly HeldSession[];
  readonly attendees: readonly Attendee[];
  readonly marks: readonly Mark[];
}

/** A class is completed once the attendance of every session is on record (domain 4.4): whoever is over the threshold of the course completed it. */
@Injectable()
export class CompleteClass {
  constructor(
    private readonly classes: ClassRepository,
    private readonly attendance: AttendanceRepository,
    private readonly history: HistoryRepository,
  ) {}

  /**
   * Completes a class that is held, if nothing is missing; one that is completed already counts again whom a correction concerns. Idempotent.
   * @param corrected marks that were others before
   * @returns the class as it is then
   * @throws DomainError `certificate-stands`, `enrolled-elsewhere`
   */
  async execute(tx: Tx, held: HeldClass, attended: Attended, corrected: readonly Mark[], at: Temporal.Instant): Promise<HeldClass> {
    await this.attendance.attended(tx, whole(attended), at);
    if (held.state !== 'in-progress') await this.judgeAgain(tx, held, attended, corrected, at);
    else if (unattended(attended, at) === 0) return this.complete(tx, held, attended, at);
    return held;
  }

  private async complete(tx: Tx, held: HeldClass, attended: Attended, at: Temporal.Instant): Promise<HeldClass> {
    const { sessions, attendees } = attended;
    const state = after('complete', held, { unattended: unattended(attended, at) });
    const threshold = await this.attendance.threshold(tx, held.id);
    const shares = attendees.map(({ id }) => ({ id, attended: attendedBy(id, attended.marks) }));
    const completed = shares.filter((one) => reaches(one.attended, sessions.length, threshold));
    const others = shares.filter((one) => !completed.includes(one));
    const ids = (ones: typeof shares) => ones.map(({ id }) => id);
    await this.attendance.end(tx, ids(completed), 'completed');
    await this.attendance.end(tx, ids(others), 'not-completed');
    const delivered = await this.attendance.deliver(tx, held.id);
    const version = await this.classes.change(tx, held.id, { state });
    const lineOf = (what: 'completed' | 'not-completed') => (one: (typeof shares)[number]) => ({
      subject: 'enrolment' as const,
      subjectId: one.id,
      at,
      what,
      detail: { attended: one.attended, sessions: sessions.length, threshold },
    });
    await this.history.tell(tx, [
      ...completed.map(lineOf('completed')),
      ...others.map(lineOf('not-completed')),
      ...delivered.map((id) => ({ subject: 'engagement' as const, subjectId: id, at, what: 'delivered', detail: { classId: held.id } })),
    ]);
    const detail = { completed: completed.length, notCompleted: others.length, threshold };
    await this.classes.tell(tx, held.id, at, 'completed', { detail });
    return { ...held, state, version };
  }

  private async judgeAgain(tx: Tx, { id: classId }: HeldClass, attended: Attended, corrected: readonly Mark[], at: Temporal.Instant) {
    const threshold = await this.attendance.threshold(tx, classId);
    const concerned = attended.attendees.filter(({ id }) => corrected.some(({ enrolmentId }) => enrolmentId === id));
    const passes = ({ id }: Attendee) => reaches(attendedBy(id, attended.marks), attended.sessions.length, threshold);
    const risen = concerned.filter((one) => one.state === 'not-completed' && passes(one));
    const fallen = concerned.filter((one) => one.state === 'completed' && !passes(one));
    await this.mustBeFree(tx, classId, risen);
    await this.mustHoldNone(tx, fallen);
    await this.attendance.end(
      tx,
      risen.map(({ id }) => id),
      'completed',
    );
    await this.attendance.end(
      tx,
      fallen.map(({ id }) => id),
      'not-completed',
    );
    const lineOf = (what: string) => (one: Attendee) => ({
      subject: 'enrolment' as const,
      subjectId: one.id,
      at,
      what,
      detail: { attended: attendedBy(one.id, attended.marks), sessions: attended.sessions.length, threshold },
    });
    await this.history.tell(tx, [...risen.map(lineOf('completed')), ...fallen.map(lineOf('not-completed'))]);
  }

  /** A certificate never becomes wrong silently. */
  private async mustHoldNone(tx: Tx, fallen: readonly Attendee[]): Promise<void> {
    const certificates = await this.attendance.certified(
      tx,
      fallen.map(({ id }) => id),
    );
    if (certificates.size === 0) return;
    throw new DomainError(
      'certificate-stands',
      'With this correction they would be below the threshold, and they hold a valid certificate. Revoke it first, with the reason.',
      [...certificates].map(([enrolmentId, number]) => ({ enrolmentId, number })),
    );
  }

  /** Nobody completes a course in two classes (SEED-41). */
  private async mustBeFree(tx: Tx, classId: string, risen: readonly Attendee[]): Promise<void> {
    const traineeIds = risen.map(({ traineeId }) => traineeId);
    const elsewhere = await this.attendance.elsewhere(tx, classId, traineeIds);
    if (elsewhere.size === 0) return;
    throw new DomainError(
      'enrolled-elsewhere',
      'They are in another class of the same course now. Withdraw them there first.',
      risen.filter(({ traineeId }) => elsewhere.has(traineeId)).map(({ id }) => ({ enrolmentId: id })),
    );
  }
}

/** Sessions that somebody attended, of all the marks. */
export function attendedBy(enrolmentId: string, marks: readonly Mark[]): number {
  return marks.filter((mark) => mark.enrolmentId === enrolmentId && counts(mark.status)).length;
}

/** Marks that these sessions still miss. */
export function missingIn({ sessions, attendees, marks }: Attended): number {
  return sessions.length * attendees.length - marks.filter((mark) => sessions.some(({ id }) => id === mark.sessionId)).length;
}

/** Sessions in which nobody's mark is missing. */
function whole({ sessions, attendees, marks }: Attended): string[] {
  return sessions.filter((session) => missingIn({ sessions: [session], attendees, marks }) === 0).map(({ id }) => id);
}

function unattended(attended: Attended, at: Temporal.Instant): number {
  const done = whole(attended);
  return attended.sessions.filter((session) => !done.includes(session.id) || !hasBegun(session, at)).length;
}
