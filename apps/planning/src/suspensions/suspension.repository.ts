import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { dateToPlain, plainToDate, startOfDay, toDate, toInstant } from '#calendar';
import { DomainError, type TaskStatus } from '#contracts';
import type { Prisma, Suspension } from '../generated/prisma/client.js';
import type { HeldObligation } from '../obligations/obligation.js';
import type { Tx } from '../persistence/database.js';
import { covers, stateOf, type HeldSuspension } from './suspension.js';

/** An obligation that stands still, as far as moving it needs. */
export interface StandingObligation extends Pick<HeldObligation, 'id' | 'dueOn' | 'overdueAt' | 'rollPolicy' | 'officeHourCutoff'> {
  readonly heldSince: Temporal.Instant;
}

export interface MovedDeadline {
  readonly id: string;
  readonly dueOn: Temporal.PlainDate;
  readonly overdueAt: Temporal.Instant;
}

/** Steps that waited since the same day, for the same moment, and for the same acknowledgement, where one still holds. */
export interface HeldSteps {
  readonly heldSince: Temporal.Instant;
  readonly dueAt: Temporal.Instant;
  readonly acknowledgedUntil: Temporal.PlainDate | null;
  readonly count: number;
}

export interface MovedSteps extends HeldSteps {
  readonly later: Temporal.Instant;
}

const BATCH = 5_000;
const WAITING = `WITH waiting AS (
  SELECT s.id, o.held_since, s.due_at, a.until FROM obligation o JOIN step s ON s.obligation_id = o.id AND s.state = 'held'
  LEFT JOIN (SELECT e.obligation_id, max(e.acknowledged_until) AS until FROM escalation e WHERE e.state = 'acknowledged' GROUP BY e.obligation_id) a
    ON a.obligation_id = o.id
  WHERE o.suspension_id = $1::uuid)`;
const dayOf = (moment: string): string => `date_trunc('day', ${moment} AT TIME ZONE 'Asia/Ho_Chi_Minh') AT TIME ZONE 'Asia/Ho_Chi_Minh'`;
/**
 * Since when an obligation stands still under a suspension from $3 on: not before it was opened. A deadline that was set anew was set by somebody who
 * knew how things stood: it counts from that day on.
 */
const SINCE = `greatest($3::timestamptz, ${dayOf('o.opened_at')}, CASE WHEN o.generation > 1 THEN
  (SELECT ${dayOf('max(h.at)')} FROM history h WHERE h.subject_id = o.id AND h.what IN ('extended', 'returned', 'included', 'rescheduled')) END)`;
const COVERED = `o.plan_id = $1::uuid AND ($2::uuid IS NULL OR o.task_id = $2::uuid) AND o.state = 'open'`;
/** An answer to a question for more time after the thing that the question is about, as those lock them who settle it. */
const IN_ORDER = `ORDER BY (o.kind = 'extension-answer'), o.id FOR NO KEY UPDATE`;
/** Work of a task that can stand still. */
const GOING_ON = ['not-started', 'in-progress', 'submitted'];

/** Suspensions and what stands still under them, in sets: a plan may owe thousands of things. Everything happens under the lock of the plan. */
@Injectable()
export class SuspensionRepository {
  /** Locks the plan to the end of the transaction. @throws DomainError `plan-not-found` */
  async holdPlan(tx: Tx, planId: string): Promise<{ effectiveOn: Temporal.PlainDate }> {
    await tx.$queryRaw`SELECT id FROM plan WHERE id = ${planId}::uuid FOR NO KEY UPDATE`;
    const plan = await tx.plan.findUnique({ where: { id: planId }, select: { effectiveOn: true } });
    if (!plan) throw new DomainError('plan-not-found', `There is no plan ${planId}. GET /api/v1/plans lists them.`);
    return { effectiveOn: dateToPlain(plan.effectiveOn) };
  }

  /** @throws DomainError `task-not-found` */
  async task(tx: Tx, planId: string, code: string): Promise<{ id: string; code: string; status: TaskStatus }> {
    const task = await tx.task.findFirst({ where: { planId, code, retired: false } });
    if (!task) throw new DomainError('task-not-found', `The plan has no task ${code}. GET /api/v1/tasks lists them.`);
    return { id: task.id, code: task.code, status: task.status as TaskStatus };
  }

  /** Under the lock of its plan. @throws DomainError `suspension-not-found` */
  async hold(tx: Tx, id: string): Promise<HeldSuspension> {
    const found = await tx.suspension.findUnique({ where: { id }, select: { planId: true } });
    if (!found) throw new DomainError('suspension-not-found', `There is no suspension ${id}. GET /api/v1/suspensions lists them.`);
    await this.holdPlan(tx, found.planId);
    return held(await tx.suspension.findUniqueOrThrow({ where: { id } }));
  }

  /** Every suspension of a plan, oldest first. */
  async ofPlan(tx: Tx, planId: string): Promise<HeldSuspension[]> {
    const rows = await tx.suspension.findMany({ where: { planId }, orderBy: [{ recordedAt: 'asc' }, { id: 'asc' }] });
    return rows.map(held);
  }

  /** Those whose first day has come and that have not ended. @param today of Asia/Ho_Chi_Minh */
  async due(tx: Tx, today: Temporal.PlainDate): Promise<HeldSuspension[]> {
    const rows = await tx.suspension.findMany({ where: { endedAt: null, fromOn: { lte: plainToDate(today) } }, orderBy: { id: 'asc' } });
    return rows.map(held);
  }

  /** Those that have ended and still hold something: it was opened in the very moment. */
  async endedTooEarly(tx: Tx): Promise<string[]> {
    const rows = await tx.suspension.findMany({ where: { endedAt: { not: null }, obligations: { some: {} } }, select: { id: true } });
    return rows.map((row) => row.id);
  }

  async record(
    tx: Tx,
    suspension: Pick<HeldSuspension, 'id' | 'planId' | 'taskId' | 'decision'> & { reason: string; actor: string; at: Temporal.Instant } & {
      fromOn: Temporal.PlainDate;
      untilOn: Temporal.PlainDate | null;
    },
  ): Promise<HeldSuspension> {
    const { actor, at, fromOn, untilOn, ...row } = suspension;
    return held(
      await tx.suspension.create({
        data: { ...row, fromOn: plainToDate(fromOn), untilOn: untilOn && plainToDate(untilOn), recordedAt: toDate(at), recordedBy: actor },
      }),
    );
  }

  async change(tx: Tx, id: string, data: Prisma.SuspensionUpdateInput): Promise<HeldSuspension> {
    return held(await tx.suspension.update({ where: { id }, data: { ...data, version: { increment: 1 } } }));
  }

  /** Lets what is open and does not stand still yet stand still. Locks it. @returns ids */
  async holdObligations(tx: Tx, { id, planId, taskId, fromOn }: HeldSuspension): Promise<string[]> {
    const rows = await tx.$queryRawUnsafe<{ id: string }[]>(
      `SELECT o.id FROM obligation o WHERE ${COVERED} AND o.suspension_id IS NULL ${IN_ORDER}`,
      planId,
      taskId,
    );
    const ids = rows.map((row) => row.id);
    for (const part of batches(ids)) {
      await tx.$executeRawUnsafe(
        `UPDATE obligation o SET suspension_id = $2::uuid, version = version + 1, held_since = ${SINCE} WHERE o.id = ANY($1::uuid[])`,
        part,
        id,
        toDate(startOfDay(fromOn)),
      );
      await tx.$executeRawUnsafe(`UPDATE step SET state = 'held' WHERE obligation_id = ANY($1::uuid[]) AND state = 'pending'`, part);
    }
    return ids;
  }

  /** What stands still under another suspension already, since a later day, does so since the first day of this one. @returns ids */
  async holdEarlier(tx: Tx, { planId, taskId, fromOn }: HeldSuspension): Promise<string[]> {
    const rows = await tx.$queryRawUnsafe<{ id: string }[]>(
      `UPDATE obligation u SET held_since = later.since, version = version + 1
       FROM (SELECT o.id, ${SINCE} AS since FROM obligation o WHERE ${COVERED} AND o.held_since > $3::timestamptz ${IN_ORDER}) later
       WHERE u.id = later.id AND later.since < u.held_since RETURNING u.id`,
      planId,
      taskId,
      toDate(startOfDay(fromOn)),
    );
    return rows.map((row) => row.id);
  }

  /** Under another suspension that goes on it still stands still, since the same day. */
  async passObligations(tx: Tx, fromId: string, other: HeldSuspension): Promise<void> {
    await tx.obligation.updateMany({
      where: { suspensionId: fromId, ...(other.taskId === null ? {} : { taskId: other.taskId }) },
      data: { suspensionId: other.id },
    });
  }

  /** Locks what stands still under a suspension. */
  async standing(tx: Tx, suspensionId: string): Promise<StandingObligation[]> {
    await tx.$queryRawUnsafe(`SELECT o.id FROM obligation o WHERE o.suspension_id = $1::uuid ${IN_ORDER}`, suspensionId);
    const rows = await tx.obligation.findMany({
      where: { suspensionId, heldSince: { not: null } },
      orderBy: { id: 'asc' },
      select: { id: true, dueOn: true, overdueAt: true, heldSince: true, rollPolicy: true, officeHourCutoff: true },
    });
    return rows.flatMap(({ id, dueOn, overdueAt, heldSince, rollPolicy, officeHourCutoff }) =>
      heldSince
        ? {
            id,
            dueOn: dateToPlain(dueOn),
            overdueAt: toInstant(overdueAt),
            heldSince: toInstant(heldSince),
            rollPolicy: rollPolicy as HeldObligation['rollPolicy'],
            officeHourCutoff,
          }
        : [],
    );
  }

  /** Steps that wait under a suspension, those together that are to move alike: thousands of ladders share their days. */
  async heldSteps(tx: Tx, suspensionId: string): Promise<HeldSteps[]> {
    const rows = await tx.$queryRawUnsafe<{ held_since: Date; due_at: Date; until: Date | null; count: number }[]>(
      `${WAITING} SELECT held_since, due_at, until, count(*)::int AS count FROM waiting GROUP BY held_since, due_at, until`,
      suspensionId,
    );
    return rows.map(({ held_since, due_at, until, count }) => ({
      heldSince: toInstant(held_since),
      dueAt: toInstant(due_at),
      acknowledgedUntil: until && dateToPlain(until),
      count,
    }));
  }

  /** Everything under the suspension goes on: these deadlines move, these steps fall due then. */
  async release(tx: Tx, suspensionId: string, deadlines: readonly MovedDeadline[], steps: readonly MovedSteps[]): Promise<void> {
    await tx.$executeRawUnsafe(
      `${WAITING} UPDATE step s SET state = 'pending', due_at = m.later
       FROM waiting w JOIN unnest($2::timestamptz[], $3::timestamptz[], $4::date[], $5::timestamptz[]) AS m(held_since, due_at, until, later)
         ON m.held_since = w.held_since AND m.due_at = w.due_at AND m.until IS NOT DISTINCT FROM w.until
       WHERE s.id = w.id`,
      suspensionId,
      steps.map((step) => toDate(step.heldSince)),
      steps.map((step) => toDate(step.dueAt)),
      steps.map((step) => step.acknowledgedUntil && plainToDate(step.acknowledgedUntil)),
      steps.map((step) => toDate(step.later)),
    );
    for (const part of batches(deadlines)) {
      await tx.$executeRawUnsafe(
        `UPDATE obligation o SET deadline_word = 'NO_LATER_THAN', deadline_date = m.due_on, due_on = m.due_on, overdue_at = m.overdue_at
         FROM unnest($1::uuid[], $2::date[], $3::timestamptz[]) AS m(id, due_on, overdue_at) WHERE o.id = m.id`,
        part.map((one) => one.id),
        part.map((one) => plainToDate(one.dueOn)),
        part.map((one) => toDate(one.overdueAt)),
      );
    }
    await tx.obligation.updateMany({ where: { suspensionId }, data: { suspensionId: null, heldSince: null, version: { increment: 1 } } });
  }

  /** Lets the tasks that go on stand still. @returns their status before, by id */
  async holdTasks(tx: Tx, { planId, taskId, decision }: HeldSuspension): Promise<Record<string, TaskStatus>> {
    const rows = await tx.$queryRawUnsafe<{ id: string; status: TaskStatus }[]>(
      `SELECT id, status FROM task WHERE plan_id = $1::uuid AND ($2::uuid IS NULL OR id = $2::uuid) AND NOT retired AND status = ANY($3::text[]) ORDER BY id FOR NO KEY UPDATE`,
      planId,
      taskId,
      GOING_ON,
    );
    await tx.task.updateMany({
      where: { id: { in: rows.map((row) => row.id) } },
      data: { status: 'suspended', decision, version: { increment: 1 } },
    });
    return Object.fromEntries(rows.map((row) => [row.id, row.status]));
  }

  /** Tasks go on standing still by the decision of another suspension. */
  async passTasks(tx: Tx, ids: readonly string[], { decision }: HeldSuspension): Promise<void> {
    await tx.task.updateMany({ where: { id: { in: [...ids] }, status: 'suspended' }, data: { decision, version: { increment: 1 } } });
  }

  /** A task that was given up meanwhile stays so. @returns ids of those that go on */
  async releaseTasks(tx: Tx, formerStatuses: Readonly<Record<string, TaskStatus>>): Promise<string[]> {
    const going: string[] = [];
    for (const status of new Set(Object.values(formerStatuses))) {
      const ids = Object.entries(formerStatuses).flatMap(([id, former]) => (former === status ? [id] : []));
      const released = await tx.task.updateManyAndReturn({
        where: { id: { in: ids }, status: 'suspended' },
        data: { status, decision: null, version: { increment: 1 } },
        select: { id: true },
      });
      going.push(...released.map((row) => row.id));
    }
    return going;
  }

  /** Other suspensions of the plan that run and hold some of what this one holds. */
  async othersRunning(tx: Tx, one: HeldSuspension): Promise<HeldSuspension[]> {
    const all = await this.ofPlan(tx, one.planId);
    return all.filter((other) => other.id !== one.id && other.state === 'running' && (one.taskId === null || covers(other, one)));
  }
}

function held(row: Suspension): HeldSuspension {
  return {
    id: row.id,
    planId: row.planId,
    taskId: row.taskId,
    state: stateOf(row),
    decision: row.decision,
    fromOn: dateToPlain(row.fromOn),
    untilOn: row.untilOn && dateToPlain(row.untilOn),
    resumedOn: row.resumedOn && dateToPlain(row.resumedOn),
    formerStatuses: row.formerStatuses as Record<string, TaskStatus>,
    version: row.version,
  };
}

function batches<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / BATCH) }, (_, index) => items.slice(index * BATCH, (index + 1) * BATCH));
}
