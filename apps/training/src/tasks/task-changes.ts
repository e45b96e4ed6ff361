import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../persistence/database.js';
import type { PlanTask } from './plan-task.js';

/** What must happen here when planning tells how a task stands. Idempotent. */
interface TaskFollower {
  readonly follow: (tx: Tx, task: PlanTask, at: Temporal.Instant) => Promise<unknown>;
}

/** Who follows tasks, in the transaction that keeps what planning told. Features add themselves at start, so tasks need not know of them. */
@Injectable()
export class TaskChanges {
  private readonly followers: TaskFollower[] = [];

  add(follower: TaskFollower): void {
    this.followers.push(follower);
  }

  async tell(tx: Tx, task: PlanTask, at: Temporal.Instant): Promise<void> {
    for (const follower of this.followers) await follower.follow(tx, task, at);
  }
}
