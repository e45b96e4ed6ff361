import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { dateToPlain, plainToDate } from '#calendar';
import type { CourseState } from '#contracts';
import type { Tx } from '../persistence/database.js';
import type { PlanTask } from '../tasks/plan-task.js';
import type { OnRecord } from './check-course-file.js';
import type { CourseFile } from './course-file.js';

/** An intended class that is not opened yet, with what it takes to open it. */
export interface Intended {
  readonly courseId: string;
  readonly ordinal: number;
  readonly code: string;
  readonly title: string;
  readonly district: string;
  readonly coHost: string | null;
  readonly venue: string | null;
  readonly course: { readonly state: CourseState; readonly taskId: string | null; readonly capacity: number; readonly minSize: number };
}

/** What is on record of the things that a course file names. */
@Injectable()
export class CourseStock {
  /** One import at a time: two people with two files do not weave them into a third. Held to the end of the transaction. */
  async lockImports(tx: Tx): Promise<void> {
    await tx.$executeRawUnsafe(`SELECT pg_advisory_xact_lock(hashtext('import-courses'))`);
  }

  /** @param tasks those of the plan that the file names @param today day of Asia/Ho_Chi_Minh */
  async onRecord(tx: Tx, file: CourseFile, tasks: readonly PlanTask[], today: Temporal.PlainDate): Promise<OnRecord> {
    const day = plainToDate(today);
    const agencies = await tx.agency.findMany({ where: { OR: [{ validTo: null }, { validTo: { gte: day } }] }, select: { code: true } });
    const codes = file.courses.flatMap((course) => course.classes.map((one) => one.code));
    const classes = await tx.trainingClass.findMany({ where: { code: { in: codes } }, include: { course: true } });
    const meant = await tx.intendedClass.findMany({ where: { code: { in: codes } }, include: { course: true } });
    const courses = await tx.course.findMany({ where: { code: { in: file.courses.map((course) => course.code) } } });
    return {
      tasks,
      agencies: new Set(agencies.map((one) => one.code)),
      classes: new Map([...meant, ...classes].map((one) => [one.code, one.course.code])),
      courses: new Map(courses.map((one) => [one.code, { planId: one.planId, open: one.state === 'open' }])),
    };
  }

  async venues(tx: Tx, codes: readonly string[]) {
    return tx.venue.findMany({ where: { code: { in: [...codes] } }, orderBy: { id: 'asc' } });
  }

  async institutions(tx: Tx, codes: readonly string[]) {
    return tx.institution.findMany({ where: { code: { in: [...codes] } }, orderBy: { id: 'asc' } });
  }

  async trainers(tx: Tx, ids: readonly string[]) {
    return tx.trainer.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'asc' } });
  }

  async courses(tx: Tx, codes: readonly string[]) {
    const rows = await tx.course.findMany({ where: { code: { in: [...codes] } }, orderBy: { id: 'asc' } });
    return rows.map((row) => ({
      ...row,
      windowFrom: row.windowFrom && dateToPlain(row.windowFrom),
      windowTo: row.windowTo && dateToPlain(row.windowTo),
    }));
  }

  async intended(tx: Tx, courseId: string) {
    return tx.intendedClass.findMany({ where: { courseId }, orderBy: { ordinal: 'asc' } });
  }

  /** Makes the classes that a course means those that are wanted. One that was opened stays what it is. */
  async mean(tx: Tx, courseId: string, wanted: readonly Omit<Intended, 'course' | 'courseId'>[]): Promise<void> {
    const stored = await this.intended(tx, courseId);
    const opened = new Map(stored.map((one) => [one.code, one.classId]));
    await tx.intendedClass.deleteMany({ where: { courseId } });
    await tx.intendedClass.createMany({ data: wanted.map((one) => ({ ...one, courseId, classId: opened.get(one.code) ?? null })) });
  }

  /** Intended classes of a task and not opened yet, locked to the end of the transaction: who opens them waits for each other. */
  async unopened(tx: Tx, taskId: string): Promise<Intended[]> {
    await tx.$queryRaw`
      SELECT i.code FROM intended_class i JOIN course c ON c.id = i.course_id
      WHERE c.task_id = ${taskId}::uuid AND i.class_id IS NULL ORDER BY i.code FOR NO KEY UPDATE OF i`;
    const rows = await tx.intendedClass.findMany({
      where: { classId: null, course: { taskId, state: 'open' } },
      include: { course: true },
      orderBy: { code: 'asc' },
    });
    return rows.map((row) => ({ ...row, course: { ...row.course, state: row.course.state as CourseState } }));
  }

  /** The class of that code, and the venue of that code if it is in use, by id. */
  async found(tx: Tx, { code, venue }: Intended): Promise<{ existing: { id: string; courseId: string } | null; venueId: string | null }> {
    const existing = await tx.trainingClass.findUnique({ where: { code }, select: { id: true, courseId: true } });
    const place = venue === null ? null : await tx.venue.findUnique({ where: { code: venue } });
    return { existing, venueId: place && !place.retired ? place.id : null };
  }

  async opened(tx: Tx, code: string, classId: string): Promise<void> {
    await tx.intendedClass.update({ where: { code }, data: { classId } });
  }
}
