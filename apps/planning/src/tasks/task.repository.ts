import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { dateToPlain, plainToDate, toDate } from '#calendar';
import { DomainError, type TaskStatus } from '#contracts';
import { keepingShut } from '../approvals/dossier.js';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import type { HeldTask } from './task.js';

/** Tasks as their use cases change them. Every change happens under the lock of the task. */
@Injectable()
export class TaskRepository {
  constructor(private readonly history: HistoryRepository) {}

  /** Locks a task to the end of the transaction. A retired one is none. @throws DomainError `task-not-found` */
  async hold(tx: Tx, id: string): Promise<HeldTask> {
    await tx.$queryRaw`SELECT id FROM task WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    const row = await tx.task.findUnique({
      where: { id, retired: false },
      include: {
        lead: true,
        coordinators: { include: { agency: true } },
        milestones: { where: { retired: false } },
        gatedBy: { where: { dossier: { retired: false } }, include: { dossier: true }, orderBy: { dossier: { code: 'asc' } } },
      },
    });
    if (!row) throw new DomainError('task-not-found', `There is no task ${id}. GET /api/v1/tasks lists them.`);
    return {
      id: row.id,
      planId: row.planId,
      code: row.code,
      status: row.status as TaskStatus,
      progress: row.progress,
      version: row.version,
      lead: { id: row.lead.id, code: row.lead.code },
      coordinators: row.coordinators.map(({ agency }) => ({ id: agency.id, code: agency.code })),
      milestones: row.milestones.map(({ id: milestoneId, code, reachedOn }) => ({
        id: milestoneId,
        code,
        reachedOn: reachedOn && dateToPlain(reachedOn),
      })),
      missingApprovals: keepingShut(row.gatedBy.map(({ dossier }) => dossier)).map(({ id: dossierId, code, state }) => ({
        dossierId,
        code,
        state,
      })),
    };
  }

  /** Changes a task that is held. @returns its new version */
  async move(tx: Tx, id: string, to: { status?: TaskStatus; progress?: number; decision?: string }): Promise<number> {
    const row = await tx.task.update({ where: { id }, data: { ...to, version: { increment: 1 } } });
    return row.version;
  }

  /** Keeps what was reported, for good. @param said.id the same for the same report */
  async keep(
    tx: Tx,
    said: {
      id: string;
      taskId: string;
      at: Temporal.Instant;
      by: string;
      agencyId: string;
      progress: number;
      note: string;
      evidence: readonly { readonly text: string; readonly url?: string | undefined }[];
    },
  ): Promise<void> {
    const { at, by, evidence, ...row } = said;
    await tx.taskProgress.create({
      data: {
        ...row,
        reportedAt: toDate(at),
        reportedBy: by,
        evidence: evidence.map(({ text, url }) => (url === undefined ? { text } : { text, url })),
      },
    });
  }

  async reach(tx: Tx, milestoneId: string, on: Temporal.PlainDate, evidence: string): Promise<void> {
    await tx.milestone.update({ where: { id: milestoneId }, data: { reachedOn: plainToDate(on), evidence } });
  }

  /** Open obligations that belong to a task. */
  async owedFor(tx: Tx, taskId: string): Promise<string[]> {
    const rows = await tx.obligation.findMany({ where: { taskId, state: 'open' }, select: { id: true }, orderBy: { id: 'asc' } });
    return rows.map((row) => row.id);
  }

  async tell(
    tx: Tx,
    taskId: string,
    at: Temporal.Instant,
    what: string,
    more: { reason?: string; detail?: Record<string, string | number> } = {},
  ): Promise<void> {
    await this.history.tell(tx, [{ subject: 'task', subjectId: taskId, at, what, ...more }]);
  }
}
