import { Injectable } from '@nestjs/common';
import { reportTaskProgress } from '#contracts';
import { Outbox, UnitOfWork } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { progressOf } from './class-report.js';
import { TaskProgressRepository } from './task-progress.repository.js';

/**
 * Tells planning how far a task is by its classes that are reported: only when that is further than what was told last. A task that stands still or is handed
 * in takes no word; it is told when it goes on.
 */
@Injectable()
export class TellProgress {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly tasks: TaskProgressRepository,
    private readonly outbox: Outbox,
  ) {}

  /** Of the task whose course a class is of, if there is one. Idempotent. */
  async ofClass(tx: Tx, classId: string): Promise<void> {
    const taskId = await this.tasks.taskOf(tx, classId);
    if (taskId !== null) await this.ofTask(tx, taskId);
  }

  /** Of every task that waits, each in a transaction of its own. Idempotent. */
  async ofAll(): Promise<void> {
    for (const taskId of await this.work.run((tx) => this.tasks.reportedTasks(tx))) await this.work.run((tx) => this.ofTask(tx, taskId));
  }

  private async ofTask(tx: Tx, taskId: string): Promise<void> {
    const task = await this.tasks.hold(tx, taskId);
    if (!task?.approved || (task.status !== 'not-started' && task.status !== 'in-progress')) return;
    const { reported, planned, trained, lead } = task;
    const progress = progressOf(reported, planned);
    if (progress <= task.told) return;
    await this.tasks.told(tx, taskId, progress);
    await this.outbox.publish(tx, reportTaskProgress, {
      taskId,
      agency: lead,
      progress,
      note: `Đã báo cáo kết quả ${String(reported)}/${String(planned)} lớp tập huấn theo kế hoạch; ${String(trained)} học viên hoàn thành.`,
      evidence: [],
    });
  }
}
