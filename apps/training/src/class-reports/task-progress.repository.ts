import { Injectable } from '@nestjs/common';
import type { TaskStatus } from '#contracts';
import type { Tx } from '../persistence/database.js';

/** A task, locked, and how many of its classes are reported. */
export interface TaskProgress {
  readonly taskId: string;
  readonly lead: string;
  readonly status: TaskStatus;
  readonly approved: boolean;
  /** What was told last; 0: nothing. */
  readonly told: number;
  readonly planned: number;
  readonly reported: number;
  readonly trained: number;
}

@Injectable()
export class TaskProgressRepository {
  /** The task whose course a class is of, or null. */
  async taskOf(tx: Tx, classId: string): Promise<string | null> {
    const row = await tx.trainingClass.findUnique({ where: { id: classId }, select: { course: { select: { taskId: true } } } });
    return row?.course.taskId ?? null;
  }

  /** Tasks of which classes were reported, in order of their id. */
  async reportedTasks(tx: Tx): Promise<string[]> {
    const rows = await tx.course.findMany({
      where: { taskId: { not: null }, classes: { some: { state: 'reported' } } },
      distinct: ['taskId'],
      orderBy: { taskId: 'asc' },
      select: { taskId: true },
    });
    return rows.flatMap(({ taskId }) => (taskId === null ? [] : [taskId]));
  }

  /**
   * Counts under the lock of the task, so that of two classes that are reported at once the later sees both. Classes are counted as often as their courses
   * plan them; of a cancelled course only those that were held.
   */
  async hold(tx: Tx, taskId: string): Promise<TaskProgress | null> {
    await tx.$queryRaw`SELECT id FROM plan_task WHERE id = ${taskId}::uuid FOR NO KEY UPDATE`;
    const task = await tx.planTask.findUnique({ where: { id: taskId } });
    if (!task) return null;
    const [counted] = await tx.$queryRaw<{ planned: number; reported: number; trained: number }[]>`
      SELECT coalesce(sum(CASE WHEN c.state = 'cancelled' THEN done.reported ELSE c.planned_classes END), 0)::int AS planned,
        coalesce(sum(done.reported), 0)::int AS reported, coalesce(sum(done.trained), 0)::int AS trained
      FROM course c CROSS JOIN LATERAL (
        SELECT count(DISTINCT k.id) AS reported, count(e.id) AS trained
        FROM training_class k LEFT JOIN enrolment e ON e.class_id = k.id AND e.state = 'completed'
        WHERE k.course_id = c.id AND k.state = 'reported') done
      WHERE c.task_id = ${taskId}::uuid`;
    return {
      taskId,
      lead: task.lead,
      status: task.status as TaskStatus,
      approved: task.approved,
      told: task.reported ?? 0,
      planned: counted?.planned ?? 0,
      reported: counted?.reported ?? 0,
      trained: counted?.trained ?? 0,
    };
  }

  async told(tx: Tx, taskId: string, progress: number): Promise<void> {
    await tx.planTask.update({ where: { id: taskId }, data: { reported: progress } });
  }
}
