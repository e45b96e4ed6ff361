import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { dateToPlain, plainToDate } from '#calendar';
import {
  DomainError,
  type changeCourse,
  type CourseState,
  type courseView,
  type listCourses,
  type PayloadOf,
  type recordCourse,
} from '#contracts';
import type { Course, Prisma } from '../generated/prisma/client.js';
import { Database, type Tx } from '../persistence/database.js';
import type { HeldCourse, Window } from './course.js';

type View = z.output<typeof courseView>;
/** As it is recorded: with the code of its task, and the window that follows from it. */
type Recorded = Omit<PayloadOf<typeof recordCourse>, 'windowFrom' | 'windowTo' | 'taskId' | 'seedId' | 'assumption'> &
  Window & {
    readonly taskId?: string | null | undefined;
    readonly taskCode: string | null;
    readonly seedId?: string | null | undefined;
    readonly assumption?: string | null | undefined;
  };
type Origin = Pick<HeldCourse, 'taskId'> & {
  readonly taskCode: string | null;
  readonly seedId: string | null;
  readonly assumption: string | null;
};
type Changes = Omit<PayloadOf<typeof changeCourse>['changes'], 'windowFrom' | 'windowTo'> & Window & Partial<Origin>;

const standing = { select: { classes: { where: { state: { not: 'cancelled' } } } } } as const;

@Injectable()
export class CourseRepository {
  constructor(private readonly database: Database) {}

  /** @throws DomainError `course-code-taken` */
  async create(tx: Tx, id: string, course: Recorded): Promise<void> {
    const { taskId = null, seedId = null, assumption = null } = course;
    const data = {
      id,
      ...course,
      taskId,
      seedId,
      assumption,
      windowFrom: course.windowFrom && plainToDate(course.windowFrom),
      windowTo: course.windowTo && plainToDate(course.windowTo),
    };
    const { count } = await tx.course.createMany({ data: [data], skipDuplicates: true });
    if (count === 0)
      throw new DomainError('course-code-taken', `There is a course ${course.code} already. Choose another code, or change that course.`);
  }

  /** Locks a course to the end of the transaction. @throws DomainError `course-not-found` */
  async hold(tx: Tx, id: string): Promise<HeldCourse> {
    await tx.$queryRaw`SELECT id FROM course WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    return this.read(tx, id);
  }

  /** Keeps a course as it is to the end of the transaction; many may do so at once. @throws DomainError `course-not-found` */
  async share(tx: Tx, id: string): Promise<HeldCourse> {
    await tx.$queryRaw`SELECT id FROM course WHERE id = ${id}::uuid FOR SHARE`;
    return this.read(tx, id);
  }

  /** Changes a course that is held. @returns its new version */
  async change(tx: Tx, id: string, changes: Changes): Promise<number> {
    const { windowFrom, windowTo, ...others } = changes;
    const days = { windowFrom: windowFrom && plainToDate(windowFrom), windowTo: windowTo && plainToDate(windowTo) };
    const data = { ...others, ...days, version: { increment: 1 } } as Prisma.CourseUncheckedUpdateInput;
    return (await tx.course.update({ where: { id }, data })).version;
  }

  /** Ends a course that is held. @returns its new version */
  async end(tx: Tx, id: string, state: CourseState, decision: string): Promise<number> {
    return (await tx.course.update({ where: { id }, data: { state, decision, version: { increment: 1 } } })).version;
  }

  /** Codes of the classes of a course that are still to be held, or being held. */
  async unfinished(tx: Tx, courseId: string): Promise<string[]> {
    const done = ['completed', 'certified', 'reported', 'cancelled'];
    const rows = await tx.trainingClass.findMany({
      where: { courseId, state: { notIn: done } },
      orderBy: { code: 'asc' },
      select: { code: true },
    });
    return rows.map(({ code }) => code);
  }

  /** In order of their id. */
  async list(filter: PayloadOf<typeof listCourses>, limit: number, after: string | undefined): Promise<View[]> {
    const rows = await this.database.course.findMany({
      where: {
        ...(filter.planId === undefined ? {} : { planId: filter.planId }),
        ...(filter.taskId === undefined ? {} : { taskId: filter.taskId }),
        ...(filter.state === undefined ? {} : { state: filter.state }),
        ...(after === undefined ? {} : { id: { gt: after } }),
      },
      orderBy: { id: 'asc' },
      take: limit,
      include: { _count: standing },
    });
    return rows.map(viewOf);
  }

  /** @throws DomainError `course-not-found` */
  async view(id: string): Promise<View> {
    const row = await this.database.course.findUnique({ where: { id }, include: { _count: standing } });
    return row ? viewOf(row) : missing(id);
  }

  /** As it is now, without a lock. @throws DomainError `course-not-found` */
  async read(tx: Tx, id: string): Promise<HeldCourse> {
    const row = await tx.course.findUnique({ where: { id } });
    return row
      ? { ...row, curriculum: row.curriculum as unknown as HeldCourse['curriculum'], state: row.state as CourseState, ...windowOf(row) }
      : missing(id);
  }
}

function missing(id: string): never {
  throw new DomainError('course-not-found', `There is no course ${id}. GET /api/v1/courses lists them.`);
}

function windowOf(row: Course) {
  return { windowFrom: row.windowFrom && dateToPlain(row.windowFrom), windowTo: row.windowTo && dateToPlain(row.windowTo) };
}

function viewOf({ id, _count, ...row }: Course & { _count: { classes: number } }): View {
  const { windowFrom, windowTo } = windowOf(row as Course);
  return {
    ...row,
    courseId: id,
    curriculum: row.curriculum as View['curriculum'],
    windowFrom: windowFrom?.toString() ?? null,
    windowTo: windowTo?.toString() ?? null,
    state: row.state as CourseState,
    classes: _count.classes,
  };
}
