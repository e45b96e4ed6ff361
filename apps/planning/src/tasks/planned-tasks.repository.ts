import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { parseTimeText, plainToDate } from '#calendar';
import { compareRows, type Change } from '#plan-files';
import { agencyIdOf } from '../agencies/agency.repository.js';
import type { Tx } from '../persistence/database.js';
import { seedText, type TaskEntry } from '../plans/plan-file.js';
import { stableId } from '../plans/stable-id.js';

/** Tasks and their milestones as the newest imported file says. What was reported of them, and what was reached, stays. */
@Injectable()
export class PlannedTasks {
  /** In the caller's transaction; changed tasks get a new version. @returns what changed */
  async synchronise(tx: Tx, planId: string, entries: readonly TaskEntry[]): Promise<Change[]> {
    const wanted = new Map(entries.map((task) => [task.code, taskRow(planId, task)]));
    const stored = await tx.task.findMany({ where: { planId, retired: false }, include: { coordinators: true } });
    const flat = new Map(
      stored.map(({ coordinators, ...row }) => [row.code, { ...row, coordinators: coordinators.map((one) => one.agencyId).sort() }]),
    );
    const compared = compareRows('task', flat, wanted);
    for (const { coordinators, ...row } of [...compared.added, ...compared.changed.map(({ row }) => row)]) {
      await tx.task.upsert({ where: { id: row.id }, create: row, update: { ...row, version: { increment: 1 } } });
      await tx.taskCoordinator.deleteMany({ where: { taskId: row.id } });
      await tx.taskCoordinator.createMany({ data: coordinators.map((agencyId) => ({ taskId: row.id, agencyId })) });
    }
    await tx.task.updateMany({ where: { planId, code: { in: compared.retired } }, data: { retired: true, version: { increment: 1 } } });
    return [...compared.changes, ...(await this.milestones(tx, planId, entries))];
  }

  private async milestones(tx: Tx, planId: string, entries: readonly TaskEntry[]): Promise<Change[]> {
    const wanted = new Map(
      entries.flatMap((task) => task.milestones.map((one) => [`${task.code}/${one.code}`, milestoneRow(planId, task.code, one)])),
    );
    const stored = await tx.milestone.findMany({ where: { task: { planId }, retired: false }, include: { task: true } });
    const compared = compareRows('milestone', new Map(stored.map((row) => [`${row.task.code}/${row.code}`, row])), wanted);
    for (const row of [...compared.added, ...compared.changed.map((one) => one.row)])
      await tx.milestone.upsert({ where: { id: row.id }, create: row, update: row });
    const gone = stored.filter((row) => compared.retired.includes(`${row.task.code}/${row.code}`)).map((row) => row.id);
    await tx.milestone.updateMany({ where: { id: { in: gone } }, data: { retired: true } });
    return compared.changes;
  }
}

function taskRow(planId: string, task: TaskEntry) {
  const { startsOn, dueOn } = parseTimeText(task.time);
  return {
    id: stableId('task', planId, task.code),
    planId,
    code: task.code,
    title: task.title,
    leadId: agencyIdOf(task.lead),
    timeText: task.time,
    startsOn: startsOn && plainToDate(startsOn),
    dueOn: dueOn && plainToDate(dueOn),
    budgetSourceId: task.budgetSource === undefined ? null : stableId('budget-source', planId, task.budgetSource),
    output: task.output ?? null,
    seedId: seedText(task),
    assumption: task.assumption ?? null,
    retired: false,
    coordinators: task.coordinators.map(agencyIdOf).sort(),
  };
}

function milestoneRow(planId: string, task: string, milestone: TaskEntry['milestones'][number]) {
  return {
    id: stableId('milestone', planId, task, milestone.code),
    taskId: stableId('task', planId, task),
    code: milestone.code,
    title: milestone.title,
    dueOn: plainToDate(Temporal.PlainDate.from(milestone.due)),
    seedId: seedText(milestone),
    assumption: milestone.assumption ?? null,
    retired: false,
  };
}
