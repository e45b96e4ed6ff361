import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { dateToPlain, localDate, toInstant } from '#calendar';
import { DomainError, type getTask, type listTasks, type PayloadOf, type ReplyOf, type taskView, type TaskStatus } from '#contracts';
import { keepingShut } from '../approvals/dossier.js';
import type { Prisma } from '../generated/prisma/client.js';
import { Database } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';
import { healthOf, taskHealth } from './task-health.js';

type View = z.output<typeof taskView>;
type Evidence = ReplyOf<typeof getTask>['reported'][number]['evidence'];

const shown = {
  lead: true,
  budgetSource: true,
  coordinators: { include: { agency: true } },
  milestones: { where: { retired: false }, orderBy: [{ dueOn: 'asc' }, { code: 'asc' }] },
  gatedBy: { where: { dossier: { retired: false } }, include: { dossier: true }, orderBy: { dossierId: 'asc' } },
} as const satisfies Prisma.TaskInclude;
type Shown = Prisma.TaskGetPayload<{ include: typeof shown }>;

/** Rows read at a time where health decides which are shown. */
const BATCH = 200;

/** What people see of tasks. Health is derived at the moment of asking; retired tasks are not shown. */
@Injectable()
export class TaskViews {
  constructor(
    private readonly database: Database,
    private readonly rules: RuleFiles,
  ) {}

  /** In order of their id. Health is no column, so tasks are read on until enough of them have it. */
  async list(filter: PayloadOf<typeof listTasks>, after: string | undefined, limit: number, now: Temporal.Instant): Promise<View[]> {
    const { health } = filter;
    if (health === undefined) return (await this.rows(filter, after, limit)).map((row) => this.view(row, now));
    const found: View[] = [];
    let rows: Shown[];
    let last = after;
    do {
      rows = await this.rows(filter, last, BATCH);
      found.push(...rows.map((row) => this.view(row, now)).filter((task) => healthOf(task.health) === health));
      last = rows.at(-1)?.id;
    } while (rows.length === BATCH && found.length < limit);
    return found.slice(0, limit);
  }

  /** @throws DomainError `task-not-found` */
  async story(id: string, now: Temporal.Instant): Promise<ReplyOf<typeof getTask>> {
    const row = await this.database.task.findUnique({
      where: { id, retired: false },
      include: { ...shown, reported: { include: { agency: true }, orderBy: [{ reportedAt: 'asc' }, { id: 'asc' }] } },
    });
    if (!row) throw new DomainError('task-not-found', `There is no task ${id}. GET /api/v1/tasks lists them.`);
    return {
      ...this.view(row, now),
      gatedBy: row.gatedBy.map(({ dossier }) => ({ dossierId: dossier.id, code: dossier.code, state: dossier.state })),
      reported: row.reported.map((said) => ({
        at: toInstant(said.reportedAt).toString(),
        agency: said.agency.code,
        by: said.reportedBy,
        progress: said.progress,
        note: said.note,
        evidence: said.evidence as Evidence,
      })),
    };
  }

  private rows(filter: PayloadOf<typeof listTasks>, after: string | undefined, limit: number): Promise<Shown[]> {
    return this.database.task.findMany({
      where: {
        retired: false,
        ...(filter.planId === undefined ? {} : { planId: filter.planId }),
        ...(filter.lead === undefined ? {} : { lead: { code: filter.lead } }),
        ...(filter.status === undefined ? {} : { status: filter.status }),
        ...(after === undefined ? {} : { id: { gt: after } }),
      },
      orderBy: { id: 'asc' },
      take: limit,
      include: shown,
    });
  }

  private view(row: Shown, now: Temporal.Instant): View {
    const status = row.status as TaskStatus;
    const { progress } = row;
    const startsOn = row.startsOn && dateToPlain(row.startsOn);
    const dueOn = row.dueOn && dateToPlain(row.dueOn);
    const milestones = row.milestones.map((one) => ({
      ...one,
      dueOn: dateToPlain(one.dueOn),
      reachedOn: one.reachedOn && dateToPlain(one.reachedOn),
    }));
    const missingApprovals = keepingShut(row.gatedBy.map(({ dossier }) => dossier)).map((dossier) => dossier.code);
    const facts = { status, progress, startsOn, dueOn, milestones, missingApprovals };
    return {
      taskId: row.id,
      planId: row.planId,
      code: row.code,
      title: row.title,
      lead: row.lead.code,
      coordinators: row.coordinators.map((one) => one.agency.code).sort(),
      timeText: row.timeText,
      startsOn: startsOn?.toString() ?? null,
      dueOn: dueOn?.toString() ?? null,
      budgetSource: row.budgetSource?.code ?? null,
      output: row.output,
      status,
      progress,
      decision: row.decision,
      milestones: milestones.map((one) => ({
        code: one.code,
        title: one.title,
        dueOn: one.dueOn.toString(),
        reachedOn: one.reachedOn?.toString() ?? null,
        evidence: one.evidence,
        seedId: one.seedId,
        assumption: one.assumption,
      })),
      health: taskHealth(facts, localDate(now), this.rules.calendar),
      version: row.version,
      seedId: row.seedId,
      assumption: row.assumption,
    };
  }
}
