import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { dateToPlain, toInstant } from '#calendar';
import {
  DomainError,
  type AttendanceStatus,
  type ClassState,
  type openAttendanceLink,
  type readAttendance,
  type ReplyOf,
  type SessionPart,
} from '#contracts';
import { WorkingDays } from '../calendar/working-days.js';
import type { Prisma } from '../generated/prisma/client.js';
import { AccessLinkRepository } from '../links/access-link.repository.js';
import { Database } from '../persistence/database.js';
import { counts, hasBegun, openUntil } from './attendance.js';

const shown = {
  course: true,
  sessions: { where: { active: true }, orderBy: { startsAt: 'asc' } },
  enrolments: {
    where: { state: { in: ['enrolled', 'completed', 'not-completed'] } },
    orderBy: { seq: 'asc' },
    include: { trainee: true, attendances: true },
  },
} as const satisfies Prisma.TrainingClassInclude;
type Shown = Prisma.TrainingClassGetPayload<{ include: typeof shown }>;

/** What people see of attendance. Names leave sealed. */
@Injectable()
export class AttendanceViews {
  constructor(
    private readonly database: Database,
    private readonly links: AccessLinkRepository,
    private readonly days: WorkingDays,
  ) {}

  /** @throws DomainError `class-not-found` */
  async ofClass(classId: string, now: Temporal.Instant): Promise<ReplyOf<typeof readAttendance>> {
    const { id, code, title, state, version, enrolments, sessions } = await this.read(classId);
    const held = new Set(sessions.map((session) => session.id));
    return {
      classId: id,
      code,
      title,
      state: state as ClassState,
      version,
      sessions: this.sessionsOf(sessions, now),
      enrolments: enrolments.map((row) => ({
        ...attendeeOf(row, held),
        state: row.state as 'enrolled',
        attended: row.attendances.filter(({ sessionId, status }) => held.has(sessionId) && counts(status as AttendanceStatus)).length,
      })),
    };
  }

  /**
   * The trainer's own sessions of the class that a link is for.
   * @throws DomainError `link-unknown`, `link-revoked`, `link-expired`
   */
  async ofLink(token: string, now: Temporal.Instant): Promise<ReplyOf<typeof openAttendanceLink>> {
    const { classId, personId } = await this.links.open(this.database, 'class', token, now);
    const { id, code, title, course, enrolments, sessions } = await this.read(classId);
    const own = new Set(sessions.filter(({ trainerId }) => trainerId === personId).map((session) => session.id));
    return {
      classId: id,
      code,
      title,
      course: { title: course.title, titleEn: course.titleEn },
      sessions: this.sessionsOf(sessions, now).filter(({ sessionId }) => own.has(sessionId)),
      trainees: enrolments.map((row) => attendeeOf(row, own)),
    };
  }

  private async read(classId: string): Promise<Shown> {
    const row = await this.database.trainingClass.findUnique({ where: { id: classId }, include: shown });
    if (row) return row;
    throw new DomainError('class-not-found', `There is no class ${classId}. GET /api/v1/classes lists them.`);
  }

  private sessionsOf(rows: Shown['sessions'], now: Temporal.Instant) {
    return rows.map((row, index) => {
      const slot = { day: dateToPlain(row.date), part: row.part as SessionPart };
      return {
        sessionId: row.id,
        ordinal: index + 1,
        day: slot.day.toString(),
        part: slot.part,
        topic: row.topic,
        begun: hasBegun(slot, now),
        openUntil: openUntil(slot.day, this.days.calendar).toString(),
        attendedAt: row.attendedAt && toInstant(row.attendedAt).toString(),
      };
    });
  }
}

function attendeeOf({ id, seq, trainee, attendances }: Shown['enrolments'][number], sessions: ReadonlySet<string>) {
  return {
    enrolmentId: id,
    number: Number(seq),
    name: trainee.fullName,
    unit: trainee.unit,
    marks: attendances
      .filter(({ sessionId }) => sessions.has(sessionId))
      .map(({ sessionId, status }) => ({ sessionId, status: status as AttendanceStatus })),
  };
}
