import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { dateToPlain, localDate, plainToDate, toInstant } from '#calendar';
import {
  DomainError,
  type classView,
  type conflictView,
  type listClasses,
  type listConflicts,
  type PayloadOf,
  type SessionPart,
} from '#contracts';
import { askedAgainAt } from '../attendance/attendance.js';
import { WorkingDays } from '../calendar/working-days.js';
import type { Prisma } from '../generated/prisma/client.js';
import { isUnanswered, LEAD } from '../engagements/engagement.js';
import { engagementOf } from '../engagements/engagement.repository.js';
import { Database } from '../persistence/database.js';
import type { PlanTask } from '../tasks/plan-task.js';
import { PlanTaskRepository } from '../tasks/plan-task.repository.js';
import { standing } from './class.js';
import { classConflictsOf, conflictsOf } from './conflicts.js';

type View = z.output<typeof classView>;
type Conflict = z.output<typeof conflictView>;

const shown = { course: true, venue: true, sessions: { orderBy: { startsAt: 'asc' } } } as const satisfies Prisma.TrainingClassInclude;
type Shown = Prisma.TrainingClassGetPayload<{ include: typeof shown }>;

/** What people see of classes, and what does not fit any more. */
@Injectable()
export class ClassViews {
  constructor(
    private readonly database: Database,
    private readonly days: WorkingDays,
    private readonly tasks: PlanTaskRepository,
  ) {}

  /** In order of their id. */
  async list(filter: PayloadOf<typeof listClasses>, limit: number, after: string | undefined): Promise<View[]> {
    const rows = await this.database.trainingClass.findMany({
      where: {
        ...(filter.courseId === undefined ? {} : { courseId: filter.courseId }),
        ...(filter.district === undefined ? {} : { district: filter.district }),
        ...(filter.state === undefined ? {} : { state: filter.state }),
        ...(after === undefined ? {} : { id: { gt: after } }),
      },
      orderBy: { id: 'asc' },
      take: limit,
      include: shown,
    });
    return rows.map(viewOf);
  }

  /** @throws DomainError `class-not-found` */
  async view(id: string): Promise<View> {
    const row = await this.database.trainingClass.findUnique({ where: { id }, include: shown });
    if (row) return viewOf(row);
    throw new DomainError('class-not-found', `There is no class ${id}. GET /api/v1/classes lists them.`);
  }

  /**
   * Conflicts of classes that are still to be held, then of sessions that were held, then of those from today on, in order of time. Derived at the moment of asking, never stored.
   */
  async conflicts(filter: PayloadOf<typeof listConflicts>, now: Temporal.Instant): Promise<Conflict[]> {
    const tasks = await this.tasks.all(this.database);
    const found = [
      ...(await this.ofClasses(filter, tasks)),
      ...(await this.unattended(filter, now)),
      ...(await this.ofSessions(filter, now, tasks)),
    ];
    return found.filter(({ kind }) => filter.kind === undefined || filter.kind === kind);
  }

  private async ofClasses({ classId }: PayloadOf<typeof listConflicts>, tasks: ReadonlyMap<string, PlanTask>): Promise<Conflict[]> {
    const rows = await this.database.trainingClass.findMany({
      where: { state: { in: [...standing, 'in-progress'] }, ...(classId === undefined ? {} : { id: classId }) },
      orderBy: { code: 'asc' },
      include: { course: true, _count: { select: { sessions: true } } },
    });
    return rows.flatMap((row) =>
      classConflictsOf({ sessions: row._count.sessions, task: tasks.get(row.course.taskId ?? '') ?? null }).map((one) => ({
        ...one,
        classId: row.id,
        class: row.code,
        sessionId: null,
        day: null,
        part: null,
      })),
    );
  }

  private async ofSessions(
    { classId }: PayloadOf<typeof listConflicts>,
    now: Temporal.Instant,
    tasks: ReadonlyMap<string, PlanTask>,
  ): Promise<Conflict[]> {
    const today = localDate(now);
    const rows = await this.database.classSession.findMany({
      where: { active: true, date: { gte: plainToDate(today) }, ...(classId === undefined ? {} : { classId }) },
      orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
      include: { class: { include: { course: true, engagements: true } }, venue: true, trainer: { include: { absences: true } } },
    });
    return rows.flatMap((row) => {
      const { course } = row.class;
      const day = dateToPlain(row.date);
      const engagements = row.class.engagements.map(engagementOf);
      const session = {
        day,
        places: row.class.capacity,
        daysOff: row.class.daysOff !== null,
        window: {
          windowFrom: course.windowFrom && dateToPlain(course.windowFrom),
          windowTo: course.windowTo && dateToPlain(course.windowTo),
        },
        task: tasks.get(course.taskId ?? '') ?? null,
        venue: row.venue,
        trainer: row.trainer && {
          active: row.trainer.active,
          away: row.trainer.absences.some(({ fromOn, toOn }) => fromOn <= row.date && row.date <= toOn),
          unanswered: engagements.some((one) => one.trainerId === row.trainerId && isUnanswered(one, today)),
        },
        trainerWanted: engagements.some(({ state }) => state === 'declined') || this.days.calendar.workingDaysBetween(today, day) <= LEAD,
      };
      return conflictsOf(session, this.days.calendar).map((one) => ({
        ...one,
        classId: row.classId,
        class: row.class.code,
        sessionId: row.id,
        day: day.toString(),
        part: row.part as SessionPart,
      }));
    });
  }

  /** Sessions that were held and whose attendance is missing though their trainer was asked twice. */
  private async unattended({ classId }: PayloadOf<typeof listConflicts>, now: Temporal.Instant): Promise<Conflict[]> {
    const rows = await this.database.classSession.findMany({
      where: {
        active: true,
        attendedAt: null,
        date: { lt: plainToDate(localDate(now)) },
        class: { state: 'in-progress' },
        ...(classId === undefined ? {} : { classId }),
      },
      orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
      include: { class: true },
    });
    return rows
      .map((row) => ({ row, day: dateToPlain(row.date) }))
      .filter(({ day }) => Temporal.Instant.compare(askedAgainAt(day, this.days.calendar), now) <= 0)
      .map(({ row, day }) => ({
        kind: 'attendance-missing' as const,
        classId: row.classId,
        class: row.class.code,
        sessionId: row.id,
        day: day.toString(),
        part: row.part as SessionPart,
        what: `the attendance of ${day.toString()} is not on record`,
      }));
  }
}

function viewOf({ id, course, venue, sessions, ...row }: Shown): View {
  return {
    ...row,
    classId: id,
    course: course.code,
    venue: venue?.name ?? null,
    state: row.state as View['state'],
    sessions: sessions.map((session, index) => ({
      sessionId: session.id,
      ordinal: index + 1,
      day: dateToPlain(session.date).toString(),
      part: session.part as SessionPart,
      startsAt: toInstant(session.startsAt).toString(),
      endsAt: toInstant(session.endsAt).toString(),
      topic: session.topic,
      trainerId: session.trainerId,
      active: session.active,
    })),
  };
}
