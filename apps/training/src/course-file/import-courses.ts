import { Injectable } from '@nestjs/common';
import { Clock, localDate } from '#calendar';
import { DomainError, type importCourses, type PayloadOf, type ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { parseFile, type FaultyFile } from '#plan-files';
import type { Tx } from '../persistence/database.js';
import { PlanTaskRepository } from '../tasks/plan-task.repository.js';
import { checkCourseFile, checkOnRecord } from './check-course-file.js';
import { courseFileSchema } from './course-file.js';
import { CourseStock } from './course-stock.repository.js';
import { OpenIntended } from './open-intended.js';
import { StoreCourseFile } from './store-course-file.js';

/**
 * Makes venues, institutions, trainers, courses and intended classes those of a file, in one transaction. Idempotent: the same file again changes nothing and
 * says so. Classes are opened at once where the task of their course is approved already (SEED-32).
 */
@Injectable()
export class ImportCourses {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly stock: CourseStock,
    private readonly tasks: PlanTaskRepository,
    private readonly storing: StoreCourseFile,
    private readonly opening: OpenIntended,
    private readonly clock: Clock,
  ) {}

  /** Nothing is changed when it throws. @throws DomainError `course-file-invalid` with every fault at its line and path */
  async execute(input: PayloadOf<typeof importCourses>, message: Message): Promise<ReplyOf<typeof importCourses>> {
    const check = (value: unknown) => {
      const shape = courseFileSchema.safeParse(value);
      return shape.success ? checkCourseFile(shape.data) : [];
    };
    const parsed = parseFile(input.yaml, courseFileSchema, check, 'plans/README.md lists the known ones');
    if (!parsed.ok) throw refusal(input.fileName, parsed);
    const { value: file, refuse } = parsed;
    return await this.work.once(message, async (tx) => {
      await this.stock.lockImports(tx);
      const at = this.clock.now();
      const tasks = await this.tasks.ofDocument(tx, file.plan);
      const unfit = checkOnRecord(file, await this.stock.onRecord(tx, file, tasks, localDate(at)));
      if (unfit.length > 0) throw refusal(input.fileName, refuse(unfit));
      const changes = await this.storing.execute(tx, file, tasks, at);
      let classesOpened = 0;
      for (const task of tasks) classesOpened += await this.opening.follow(tx, task, at);
      return {
        planId: tasks[0]?.planId ?? '',
        documentNumber: file.plan.number,
        changed: changes.length > 0,
        changes: changes.map((change) => ({ ...change, fields: [...change.fields] })),
        classesOpened,
      };
    });
  }
}

function refusal(fileName: string, { errors, total }: FaultyFile): DomainError {
  const [first] = errors;
  return new DomainError(
    'course-file-invalid',
    `${fileName} has ${String(total)} faults and nothing was imported. First, line ${String(first?.line)}: ${first?.message ?? ''}`,
    errors.map((error) => ({ ...error })),
  );
}
