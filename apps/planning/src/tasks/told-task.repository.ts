import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { dateToPlain } from '#calendar';
import type { PayloadOf, taskChanged, TaskStatus } from '#contracts';
import { keepingShut } from '../approvals/dossier.js';
import type { Tx } from '../persistence/database.js';

type TaskSaid = PayloadOf<typeof taskChanged>;

const told = {
  lead: true,
  plan: true,
  gatedBy: { where: { dossier: { retired: false } }, include: { dossier: true } },
  told: true,
} as const;

/** What other services were told of tasks, and what there is to tell. */
@Injectable()
export class ToldTasks {
  /**
   * What differs from what was told last, with the next number; it counts as told from now on. Whoever tells of the same tasks at the same time waits
   * here, and then sees what this one changed.
   */
  async news(tx: Tx, taskIds: readonly string[]): Promise<TaskSaid[]> {
    const ids = [...taskIds].sort();
    await tx.toldTask.createMany({ data: ids.map((taskId) => ({ taskId })), skipDuplicates: true });
    await tx.$queryRaw`SELECT task_id FROM told_task WHERE task_id = ANY(${ids}::uuid[]) ORDER BY task_id FOR UPDATE`;
    const rows = await tx.task.findMany({ where: { id: { in: ids } }, include: told, orderBy: [{ planId: 'asc' }, { code: 'asc' }] });
    const standing = await tx.agency.findMany({
      where: { id: { in: rows.map((row) => row.plan.standingAgencyId) } },
      select: { id: true, code: true },
    });
    const news: TaskSaid[] = [];
    for (const row of rows) {
      const said = {
        taskId: row.id,
        plan: {
          planId: row.planId,
          documentNumber: row.plan.documentNumber,
          issuedOn: dateToPlain(row.plan.issuedOn).toString(),
          title: row.plan.title,
          programme: row.plan.programme,
          standingAgency: standing.find((agency) => agency.id === row.plan.standingAgencyId)?.code ?? '',
        },
        code: row.code,
        title: row.title,
        lead: row.lead.code,
        window: { from: dayText(row.startsOn), to: dayText(row.dueOn) },
        status: row.retired ? ('cancelled' as const) : (row.status as TaskStatus),
        approved: keepingShut(row.gatedBy.map(({ dossier }) => dossier)).length === 0,
      };
      const digest = createHash('sha256').update(JSON.stringify(said)).digest('hex');
      if (digest === row.told?.digest) continue;
      const { version } = await tx.toldTask.update({ where: { taskId: row.id }, data: { digest, version: { increment: 1 } } });
      news.push({ ...said, version });
    }
    return news;
  }

  /** Ids of all tasks of a plan, also of those that it no longer has. */
  async ofPlan(tx: Tx, planId: string): Promise<string[]> {
    return (await tx.task.findMany({ where: { planId }, select: { id: true } })).map((row) => row.id);
  }

  /** Ids of the tasks that may not begin before a dossier is approved. */
  async gatedBy(tx: Tx, dossierId: string): Promise<string[]> {
    return (await tx.dossierGate.findMany({ where: { dossierId }, select: { taskId: true } })).map((row) => row.taskId);
  }
}

function dayText(day: Date | null): string | null {
  return day && dateToPlain(day).toString();
}
