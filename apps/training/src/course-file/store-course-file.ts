import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { nameBasedId } from '#contracts';
import { compareRows, type Change } from '#plan-files';
import { CourseRepository } from '../courses/course.repository.js';
import { windowWithin } from '../courses/course.js';
import { HistoryRepository, type HistoryLine } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import type { PlanTask } from '../tasks/plan-task.js';
import { mustBeAcademic, mustKeepItsTrainers } from '../trainers/trainer.js';
import { TrainerRepository } from '../trainers/trainer.repository.js';
import { VenueRepository } from '../venues/venue.repository.js';
import type { CourseEntry, CourseFile } from './course-file.js';
import { CourseStock } from './course-stock.repository.js';

/**
 * Makes what is on record that of a course file, in the caller's transaction: what is new is recorded, what differs is changed, each with its line of the
 * history. What the file does not name stays: it is retired or ended by a person, with a reason. Courses are locked first, then venues, then trainers.
 */
@Injectable()
export class StoreCourseFile {
  constructor(
    private readonly stock: CourseStock,
    private readonly courses: CourseRepository,
    private readonly venues: VenueRepository,
    private readonly trainers: TrainerRepository,
    private readonly history: HistoryRepository,
  ) {}

  /** @param tasks of the plan; every task that the file names is there @returns what changed: names of fields, never values, which may be personal */
  async execute(tx: Tx, file: CourseFile, tasks: readonly PlanTask[], at: Temporal.Instant): Promise<Change[]> {
    return [
      ...(await this.storeCourses(tx, file, tasks, at)),
      ...(await this.storeVenues(tx, file, at)),
      ...(await this.storeInstitutions(tx, file, at)),
      ...(await this.storeTrainers(tx, file, at)),
    ];
  }

  private async storeCourses(tx: Tx, file: CourseFile, tasks: readonly PlanTask[], at: Temporal.Instant): Promise<Change[]> {
    const found = await this.stock.courses(tx, codesOf(file.courses));
    const stored = new Map(found.map((row) => [row.code, row]));
    const rows = new Map(file.courses.map((entry) => [entry.code, courseRow(entry, tasks)]));
    const compared = compareRows('course', stored, rows);
    for (const row of compared.added) {
      const id = nameBasedId('dondoc', 'course', row.code);
      await this.courses.create(tx, id, row);
      await this.tell(tx, {
        subject: 'course',
        subjectId: id,
        at,
        what: 'recorded',
        detail: { code: row.code, planId: row.planId, taskId: row.taskId },
      });
    }
    for (const { row, fields } of compared.changed) {
      const { id } = await this.courses.hold(tx, stored.get(row.code)?.id ?? '');
      await this.courses.change(tx, id, row);
      await this.tell(tx, { subject: 'course', subjectId: id, at, what: 'changed', detail: { changed: fields } });
    }
    const meant: Change[] = [];
    for (const { code, classes } of file.courses)
      meant.push(...(await this.storeClasses(tx, stored.get(code)?.id ?? nameBasedId('dondoc', 'course', code), classes)));
    return [...compared.changes, ...meant];
  }

  private async storeClasses(tx: Tx, courseId: string, classes: CourseEntry['classes']): Promise<Change[]> {
    const stored = new Map((await this.stock.intended(tx, courseId)).map((row) => [row.code, row]));
    const wanted = classes.map(({ code, title, district, coHost = null, venue = null }, index) => ({
      code,
      ordinal: index + 1,
      title,
      district,
      coHost,
      venue,
    }));
    const { changes } = compareRows('class', stored, new Map(wanted.map((row) => [row.code, row])));
    if (changes.length > 0) await this.stock.mean(tx, courseId, wanted);
    return changes;
  }

  private async storeVenues(tx: Tx, file: CourseFile, at: Temporal.Instant): Promise<Change[]> {
    const stored = new Map((await this.stock.venues(tx, codesOf(file.venues))).map((row) => [row.code, row]));
    const rows = file.venues.map(({ code, name, address, district, capacity }) => ({ code, name, address, district, capacity }));
    const compared = compareRows('venue', stored, new Map(rows.map((row) => [row.code, row])));
    for (const row of compared.added) {
      const id = nameBasedId('dondoc', 'venue', row.code);
      await this.venues.create(tx, id, row);
      await this.tell(tx, { subject: 'venue', subjectId: id, at, what: 'recorded', detail: { code: row.code } });
    }
    for (const { row, fields } of compared.changed) {
      const { id } = await this.venues.hold(tx, stored.get(row.code)?.id ?? '');
      await this.venues.change(tx, id, row);
      await this.tell(tx, { subject: 'venue', subjectId: id, at, what: 'changed', detail: { changed: fields } });
    }
    return compared.changes;
  }

  private async storeInstitutions(tx: Tx, file: CourseFile, at: Temporal.Instant): Promise<Change[]> {
    const stored = new Map((await this.stock.institutions(tx, codesOf(file.institutions))).map((row) => [row.code, row]));
    const rows = file.institutions.map(({ code, name, nameEn, kind }) => ({ code, name, nameEn, kind }));
    const compared = compareRows('institution', stored, new Map(rows.map((row) => [row.code, row])));
    for (const row of compared.added) {
      const id = nameBasedId('dondoc', 'institution', row.code);
      await this.trainers.createInstitution(tx, id, row);
      await this.tell(tx, { subject: 'institution', subjectId: id, at, what: 'recorded', detail: { code: row.code, kind: row.kind } });
    }
    for (const { row, fields } of compared.changed) {
      const id = stored.get(row.code)?.id ?? '';
      const { withoutReason } = await this.trainers.holdInstitution(tx, id);
      mustKeepItsTrainers(row.kind, withoutReason);
      await this.trainers.changeInstitution(tx, id, row);
      await this.tell(tx, { subject: 'institution', subjectId: id, at, what: 'changed', detail: { changed: fields } });
    }
    return compared.changes;
  }

  private async storeTrainers(tx: Tx, file: CourseFile, at: Temporal.Instant): Promise<Change[]> {
    const idOf = (code: string) => nameBasedId('dondoc', 'trainer', code);
    const institutions = new Map((await this.stock.institutions(tx, codesOf(file.institutions))).map((row) => [row.code, row.id]));
    const rows = new Map(
      file.trainers.map(
        ({ code, institution, title = null, overrideReason = null, phone = null, fullName, specialities, email, language }) => {
          const institutionId = institutions.get(institution) ?? '';
          return [code, { fullName, title, institutionId, overrideReason, specialities, email, phone, language }] as const;
        },
      ),
    );
    const ids = new Map(file.trainers.map(({ code }) => [idOf(code), code]));
    const stored = new Map((await this.stock.trainers(tx, [...ids.keys()])).map((row) => [ids.get(row.id) ?? '', row]));
    const compared = compareRows('trainer', stored, rows);
    for (const change of compared.changes) {
      const [row, id] = [rows.get(change.key), idOf(change.key)];
      if (!row) continue;
      const kind = await this.trainers.kindOf(tx, row.institutionId);
      mustBeAcademic(kind, row.overrideReason);
      const { institutionId } = row;
      if (change.change === 'added') {
        await this.trainers.create(tx, id, row, kind);
        await this.tell(tx, { subject: 'trainer', subjectId: id, at, what: 'recorded', detail: { institutionId, kind } });
      } else {
        await this.trainers.hold(tx, id);
        await this.trainers.change(tx, id, row, kind);
        await this.tell(tx, { subject: 'trainer', subjectId: id, at, what: 'changed', detail: { changed: [...change.fields] } });
      }
    }
    return compared.changes;
  }

  private async tell(tx: Tx, line: HistoryLine): Promise<void> {
    await this.history.tell(tx, [{ ...line, reason: 'course file' }]);
  }
}

const codesOf = (entries: readonly { readonly code: string }[]): string[] => entries.map((one) => one.code);
const dayIn = (text: string | undefined) => (text === undefined ? null : Temporal.PlainDate.from(text));

/** @throws Error when the task is not there: the file was not checked */
function courseRow({ task: code, classes, seed, assumption, windowFrom, windowTo, ...entry }: CourseEntry, tasks: readonly PlanTask[]) {
  const task = tasks.find((one) => one.code === code);
  if (!task) throw new Error(`the file was not checked: task ${code}`);
  const window = windowWithin({ windowFrom: dayIn(windowFrom), windowTo: dayIn(windowTo) }, task);
  return {
    ...entry,
    ...window,
    planId: task.planId,
    taskId: task.id,
    taskCode: code,
    plannedClasses: classes.length,
    seedId: seed ?? null,
    assumption: assumption ?? null,
  };
}
