import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { dateToPlain, plainToDate, toDate, toInstant } from '#calendar';
import {
  DomainError,
  type classFigures,
  type ClassReportState,
  type ClassState,
  type getClassReport,
  type ReplyOf,
  type SessionPart,
} from '#contracts';
import { Database, type Tx } from '../persistence/database.js';
import type { HeldReport } from './class-report.js';

type Figures = z.output<typeof classFigures>;

/** What is told of a report: the class, its course, and the days that are left of it. */
export interface ReportedClass {
  readonly state: ClassState;
  readonly code: string;
  readonly title: string;
  readonly planId: string;
  readonly taskId: string | null;
  readonly leadAgency: string;
  /** Code of the standing agency of the plan; null while no task of it was told of. */
  readonly standingAgency: string | null;
  readonly lastDay: Temporal.PlainDate | null;
}

const DONE = { in: ['enrolled', 'completed', 'not-completed'] };

/** Reports on classes, under the lock of the class. */
@Injectable()
export class ClassReportRepository {
  constructor(private readonly database: Database) {}

  async find(tx: Tx, classId: string): Promise<HeldReport | null> {
    const row = await tx.classReport.findUnique({ where: { classId } });
    return row && { classId, state: row.state as ClassReportState, dueOn: dateToPlain(row.dueOn), version: row.version };
  }

  async open(tx: Tx, classId: string, dueOn: Temporal.PlainDate): Promise<void> {
    await tx.classReport.create({ data: { classId, dueOn: plainToDate(dueOn) } });
  }

  async change(tx: Tx, classId: string, changes: { state?: ClassReportState; dueOn?: Temporal.PlainDate }): Promise<void> {
    const { state, dueOn } = changes;
    await tx.classReport.update({
      where: { classId },
      data: { ...(state ? { state } : {}), ...(dueOn ? { dueOn: plainToDate(dueOn) } : {}), version: { increment: 1 } },
    });
  }

  /** Hands a report in, with the figures as they are now. */
  async submit(tx: Tx, classId: string, content: string, at: Temporal.Instant): Promise<Figures> {
    const figures = await this.figures(tx, classId);
    const data = { state: 'submitted', content, figures, submittedAt: toDate(at), version: { increment: 1 } };
    await tx.classReport.update({ where: { classId }, data });
    return figures;
  }

  async about(tx: Tx, classId: string): Promise<ReportedClass> {
    const row = await tx.trainingClass.findUniqueOrThrow({
      where: { id: classId },
      include: { course: true, sessions: { where: { active: true }, orderBy: { startsAt: 'desc' }, take: 1 } },
    });
    const plan = await tx.planTask.findFirst({ where: { planId: row.course.planId }, orderBy: { version: 'desc' } });
    const { planId, taskId, leadAgency } = row.course;
    const [last] = row.sessions;
    return {
      state: row.state as ClassState,
      code: row.code,
      title: row.title,
      planId,
      taskId,
      leadAgency,
      standingAgency: plan?.standingAgency ?? null,
      lastDay: last ? dateToPlain(last.date) : null,
    };
  }

  /** What is counted of a class. */
  async figures(tx: Tx | Database, classId: string): Promise<Figures> {
    const enrolments = await tx.enrolment.groupBy({ by: ['state'], where: { classId, state: DONE }, _count: true });
    const of = (state: string) => enrolments.find((one) => one.state === state)?._count ?? 0;
    const sessions = await tx.classSession.findMany({
      where: { classId, active: true },
      orderBy: { startsAt: 'asc' },
      include: { attendances: { where: { enrolment: { state: DONE } }, select: { status: true } } },
    });
    return {
      enrolled: enrolments.reduce((sum, one) => sum + one._count, 0),
      sessions: sessions.map(({ id, date, part, attendances }, index) => {
        const marked = (status: string) => attendances.filter((one) => one.status === status).length;
        return {
          sessionId: id,
          ordinal: index + 1,
          day: dateToPlain(date).toString(),
          part: part as SessionPart,
          present: marked('present'),
          late: marked('late'),
          excused: marked('excused'),
          absent: marked('absent'),
        };
      }),
      completed: of('completed'),
      notCompleted: of('not-completed'),
      certificates: await tx.certificate.count({ where: { enrolment: { classId }, revokedAt: null } }),
    };
  }

  /** @throws DomainError `class-not-found`, `class-report-not-found` */
  async view(classId: string): Promise<ReplyOf<typeof getClassReport>> {
    const row = await this.database.trainingClass.findUnique({ where: { id: classId }, include: { course: true, report: true } });
    if (!row) throw new DomainError('class-not-found', `There is no class ${classId}. GET /api/v1/classes lists them.`);
    const { report } = row;
    if (!report)
      throw new DomainError('class-report-not-found', `No report on class ${row.code} is owed yet: it is from the day the class begins.`);
    return {
      classId,
      class: row.code,
      leadAgency: row.course.leadAgency,
      state: report.state as ClassReportState,
      dueOn: dateToPlain(report.dueOn).toString(),
      content: report.content,
      figures: report.figures as unknown as Figures | null,
      submittedAt: report.submittedAt && toInstant(report.submittedAt).toString(),
      now: await this.figures(this.database, classId),
      version: row.version,
    };
  }
}
