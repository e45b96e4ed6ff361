import { Injectable } from '@nestjs/common';
import { taskChanged } from '#contracts';
import { Outbox } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { ToldTasks } from './told-task.repository.js';

/**
 * Tells other services how tasks stand, whenever something differs from what was told last: idempotent, and silent when nothing differs. A task that
 * was there before anybody told of it is told with its next change, or with the next import of its plan. In the caller's transaction, as the last thing
 * that it does: these rows are locked after all others.
 */
@Injectable()
export class AnnounceTasks {
  constructor(
    private readonly told: ToldTasks,
    private readonly outbox: Outbox,
  ) {}

  async these(tx: Tx, taskIds: readonly string[]): Promise<void> {
    if (taskIds.length === 0) return;
    await this.outbox.publishAll(tx, taskChanged, await this.told.news(tx, taskIds));
  }

  /** All tasks of a plan; those that it no longer has are cancelled. */
  async ofPlan(tx: Tx, planId: string): Promise<void> {
    await this.these(tx, await this.told.ofPlan(tx, planId));
  }

  /** What waits for a dossier: approved, it opens them (SEED-47); opened, it shuts them. */
  async gatedBy(tx: Tx, dossierId: string): Promise<void> {
    await this.these(tx, await this.told.gatedBy(tx, dossierId));
  }
}
