import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { nameBasedId } from '#contracts';
import { ClassRepository } from '../classes/class.repository.js';
import type { Tx } from '../persistence/database.js';
import type { PlanTask } from '../tasks/plan-task.js';
import { TaskChanges } from '../tasks/task-changes.js';
import { CourseStock } from './course-stock.repository.js';

/**
 * Opens the classes that courses of a task mean, as soon as the task is approved and goes on: each once, planned and without days; those are set later.
 * Called when planning tells of the task and when a course file is imported, whichever comes later. Idempotent.
 */
@Injectable()
export class OpenIntended implements OnModuleInit {
  constructor(
    private readonly stock: CourseStock,
    private readonly classes: ClassRepository,
    private readonly changes: TaskChanges,
  ) {}

  onModuleInit(): void {
    this.changes.add(this);
  }

  /** In the caller's transaction. @returns how many were opened */
  async follow(tx: Tx, task: PlanTask, at: Temporal.Instant): Promise<number> {
    if (!task.approved || !['not-started', 'in-progress', 'submitted'].includes(task.status)) return 0;
    let opened = 0;
    for (const meant of await this.stock.unopened(tx, task.id)) {
      const { existing, venueId } = await this.stock.found(tx, meant);
      if (existing) {
        // Somebody planned it by hand meanwhile; under another course the code is taken, and a person sees to it with the next import.
        if (existing.courseId === meant.courseId) await this.stock.opened(tx, meant.code, existing.id);
        continue;
      }
      const { code, courseId, title, district, coHost, course } = meant;
      const { capacity, minSize } = course;
      const id = nameBasedId('dondoc', 'class', courseId, code);
      await this.classes.create(tx, { id, courseId, code, title, district, coHost, venueId, capacity, minSize });
      await this.stock.opened(tx, code, id);
      const detail = { courseId, code, venueId, capacity, taskId: task.id };
      await this.classes.tell(tx, id, at, 'opened', { reason: `task ${task.code} is approved`, detail });
      opened += 1;
    }
    return opened;
  }
}
