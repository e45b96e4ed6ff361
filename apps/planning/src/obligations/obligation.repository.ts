import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { dateToPlain, localDate, plainToDate, startOfDay, toDate, toInstant } from '#calendar';
import { DomainError } from '#contracts';
import type { Ladder, PlannedStep } from '#ladder';
import { currentTrace, newTrace } from '#observability';
import type { Prisma } from '../generated/prisma/client.js';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { stableId } from '../plans/stable-id.js';
import type { HeldObligation, NextGeneration, ObligationState, OpenedObligation, Supersession } from './obligation.js';
import { judgedAt } from './standstill.js';

/** Something that happened to an obligation. */
export interface ObligationEvent {
  readonly obligationId: string;
  readonly at: Temporal.Instant;
  readonly what: string;
  readonly reason?: string | null;
  readonly detail?: Readonly<Record<string, string | number | null>>;
}

/** Obligations, their steps and their history. Every change of steps happens under the lock of their obligation. */
@Injectable()
export class ObligationRepository {
  constructor(private readonly history: HistoryRepository) {}

  /** Writes obligations with all steps of their ladders. Those that exist stay as they are. @returns ids that are new */
  async open(tx: Tx, opened: readonly OpenedObligation[], at: Temporal.Instant): Promise<Set<string>> {
    const known = await tx.obligation.findMany({
      where: { id: { in: opened.map(({ obligation }) => obligation.id) } },
      select: { id: true },
    });
    const taken = new Set(known.map((row) => row.id));
    const fresh = opened.filter(({ obligation }) => !taken.has(obligation.id));
    const trace = currentTrace() ?? newTrace('service:planning');
    const suspended = await this.suspensions(tx);
    await tx.frozenLadder.createMany({ data: frozen(fresh.map(({ obligation }) => obligation.ladder)), skipDuplicates: true });
    await tx.obligation.createMany({
      data: fresh.map((one) => ({
        ...obligationRow(one),
        ...heldUnder(suspended(one.obligation), at),
        openedAt: toDate(at),
        correlationId: trace.correlationId,
      })),
    });
    await tx.step.createMany({
      data: fresh.flatMap(({ obligation, steps }) => stepRows(obligation.id, 1, steps, at, suspended(obligation) !== undefined)),
    });
    await this.tell(
      tx,
      fresh.map(({ obligation, dueOn }) => ({ obligationId: obligation.id, at, what: 'opened', detail: { dueOn: dueOn.toString() } })),
    );
    return new Set(fresh.map(({ obligation }) => obligation.id));
  }

  /** Locks the obligation to the end of the transaction. @throws DomainError `obligation-not-found` */
  async hold(tx: Tx, id: string): Promise<HeldObligation> {
    await tx.$queryRaw`SELECT id FROM obligation WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    const row = await tx.obligation.findUnique({ where: { id }, include: { ladder: true } });
    if (!row) throw new DomainError('obligation-not-found', `There is no obligation ${id}.`);
    return heldObligation(row);
  }

  /** Locks those of the obligations that exist, to the end of the transaction; an answer to a question for more time after what the question is about. */
  async holdAll(tx: Tx, ids: readonly string[]): Promise<HeldObligation[]> {
    if (ids.length === 0) return [];
    await tx.$queryRawUnsafe(
      `SELECT id FROM obligation WHERE id = ANY($1::uuid[]) ORDER BY (kind = 'extension-answer'), id FOR NO KEY UPDATE`,
      ids,
    );
    return (await tx.obligation.findMany({ where: { id: { in: [...ids] } }, include: { ladder: true } })).map(heldObligation);
  }

  /** Ends the pending steps of an obligation that is held. */
  async supersede(tx: Tx, id: string, reason: Supersession, at: Temporal.Instant): Promise<number> {
    const { count } = await tx.step.updateMany({
      where: { obligationId: id, state: { in: ['pending', 'held'] } },
      data: { state: 'superseded', reason, decidedAt: toDate(at) },
    });
    return count;
  }

  /** Another deadline of an obligation that is held, with nothing else changed. */
  async moveDeadline(tx: Tx, id: string, { dueOn, overdueAt }: Pick<HeldObligation, 'dueOn' | 'overdueAt'>): Promise<void> {
    const day = plainToDate(dueOn);
    await tx.obligation.update({
      where: { id },
      data: { deadlineWord: 'NO_LATER_THAN', deadlineDate: day, dueOn: day, overdueAt: toDate(overdueAt) },
    });
  }

  /** Closes an obligation that is held. Its first fulfilment stays on record for good. @returns its new version */
  async settle(
    tx: Tx,
    held: HeldObligation,
    state: Exclude<ObligationState, 'open'>,
    reason: string,
    at: Temporal.Instant,
  ): Promise<number> {
    await tx.toldObligation.deleteMany({ where: { obligationId: held.id } });
    const first = state === 'fulfilled' && held.firstFulfilledAt === null;
    const row = await tx.obligation.update({
      where: { id: held.id },
      data: {
        state,
        settledAt: toDate(at),
        settledReason: reason,
        suspensionId: null,
        heldSince: null,
        ...(first ? { firstFulfilledAt: toDate(at), firstOverdueAt: toDate(held.overdueAt) } : {}),
        version: { increment: 1 },
      },
    });
    return row.version;
  }

  /** Opens the next generation of an obligation that is held, with fresh steps. @returns its new version */
  async nextGeneration(tx: Tx, held: HeldObligation, next: NextGeneration, at: Temporal.Instant): Promise<number> {
    const generation = held.generation + 1;
    const suspension = (await this.suspensions(tx))(held);
    await tx.toldObligation.deleteMany({ where: { obligationId: held.id } });
    const row = await tx.obligation.update({
      where: { id: held.id },
      data: {
        state: 'open',
        settledAt: null,
        settledReason: null,
        generation,
        ...deadlineOf(next, held),
        ...(next.debtorId === undefined ? {} : { debtorId: next.debtorId }),
        // By the same deadline it goes on waiting since the day it began to.
        ...(next.deadline || held.heldSince === null ? heldUnder(suspension, at) : {}),
        version: { increment: 1 },
      },
    });
    const since = next.deadline ? at : judgedAt(at, held.heldSince);
    await tx.step.createMany({ data: stepRows(held.id, generation, next.steps, since, suspension !== undefined) });
    return row.version;
  }

  /** Moves pending steps that are due before `resumeAt` to it. @returns how many */
  async holdSteps(tx: Tx, id: string, resumeAt: Temporal.Instant): Promise<number> {
    const { count } = await tx.step.updateMany({
      where: { obligationId: id, state: 'pending', dueAt: { lt: toDate(resumeAt) } },
      data: { dueAt: toDate(resumeAt) },
    });
    return count;
  }

  /** Rungs of the present generation that are not decided yet. */
  async rungsToCome(tx: Tx, held: HeldObligation): Promise<string[]> {
    const rows = await tx.step.findMany({
      where: { obligationId: held.id, generation: held.generation, state: { in: ['pending', 'held'] } },
      select: { rung: true },
    });
    return rows.map((row) => row.rung);
  }

  async tell(tx: Tx, events: readonly ObligationEvent[]): Promise<void> {
    await this.history.tell(
      tx,
      events.map(({ obligationId, ...line }) => ({ subject: 'obligation', subjectId: obligationId, ...line })),
    );
  }

  /** Which suspension a plan or a task stands under now; few at any time, so all are read. */
  private async suspensions(tx: Tx): Promise<(of: { planId: string; taskId?: string | null }) => string | undefined> {
    const running = await tx.suspension.findMany({
      where: { startedAt: { not: null }, endedAt: null },
      select: { id: true, planId: true, taskId: true },
    });
    return ({ planId, taskId }) =>
      running.find((one) => one.planId === planId && (one.taskId === null || one.taskId === (taskId ?? undefined)))?.id;
  }
}

/** Since when a ladder stands still. */
function heldUnder(suspensionId: string | undefined, at: Temporal.Instant): { suspensionId?: string; heldSince?: Date } {
  return suspensionId === undefined ? {} : { suspensionId, heldSince: toDate(startOfDay(localDate(at))) };
}

/** Once it was fulfilled the on-time figures are decided: an extension of the correction does not change them. */
function deadlineOf({ deadline }: NextGeneration, held: HeldObligation) {
  if (!deadline) return {};
  const { word, date, dueOn, overdueAt, ordinary } = deadline;
  return {
    deadlineWord: word,
    deadlineDate: plainToDate(date),
    dueOn: plainToDate(dueOn),
    overdueAt: toDate(overdueAt),
    ...(ordinary && held.firstFulfilledAt === null ? { extendedOverdueAt: toDate(overdueAt) } : {}),
  };
}

function heldObligation(row: Prisma.ObligationGetPayload<{ include: { ladder: true } }>): HeldObligation {
  return {
    id: row.id,
    planId: row.planId,
    taskId: row.taskId,
    kind: row.kind as HeldObligation['kind'],
    debtorId: row.debtorId,
    creditorId: row.creditorId,
    state: row.state as ObligationState,
    generation: row.generation,
    version: row.version,
    dueOn: dateToPlain(row.dueOn),
    overdueAt: toInstant(row.overdueAt),
    firstFulfilledAt: row.firstFulfilledAt && toInstant(row.firstFulfilledAt),
    rollPolicy: row.rollPolicy as HeldObligation['rollPolicy'],
    officeHourCutoff: row.officeHourCutoff,
    heldSince: row.heldSince && toInstant(row.heldSince),
    ladder: row.ladder.ladder as unknown as Ladder,
  };
}

/** The same for ladders that say the same. */
function ladderId(ladder: Ladder): string {
  return stableId('ladder', JSON.stringify(ladder));
}

function frozen(ladders: readonly Ladder[]) {
  const byId = new Map(ladders.map((ladder) => [ladderId(ladder), ladder]));
  return [...byId].map(([id, ladder]) => ({ id, ladder: ladder }));
}

function obligationRow({ obligation, dueOn, overdueAt }: OpenedObligation) {
  return {
    id: obligation.id,
    planId: obligation.planId,
    taskId: obligation.taskId ?? null,
    kind: obligation.kind,
    title: obligation.title,
    titleEn: obligation.titleEn,
    period: obligation.period,
    periodEn: obligation.periodEn,
    windowFrom: obligation.window && plainToDate(obligation.window.from),
    windowTo: obligation.window && plainToDate(obligation.window.to),
    debtorId: obligation.debtorId,
    creditorId: obligation.creditorId,
    deadlineWord: obligation.deadline.word,
    deadlineDate: plainToDate(obligation.deadline.date),
    rollPolicy: obligation.deadline.roll,
    officeHourCutoff: obligation.deadline.officeHourCutoff ?? null,
    dueOn: plainToDate(dueOn),
    originalDueOn: plainToDate(dueOn),
    overdueAt: toDate(overdueAt),
    originalOverdueAt: toDate(overdueAt),
    extendedOverdueAt: toDate(overdueAt),
    ladderId: ladderId(obligation.ladder),
  };
}

function stepRows(obligationId: string, generation: number, steps: readonly PlannedStep[], at: Temporal.Instant, held: boolean) {
  return steps.map(({ rung, ordinal, dueAt, skipped }) => ({
    id: randomUUID(),
    obligationId,
    generation,
    rung: rung.code,
    ordinal,
    level: rung.level,
    track: rung.track,
    plannedAt: toDate(dueAt),
    ...(skipped === undefined
      ? // What is told although its moment has passed is due from now on: it was not left behind.
        { dueAt: toDate(Temporal.Instant.compare(dueAt, at) < 0 ? at : dueAt), state: held ? 'held' : 'pending' }
      : { dueAt: toDate(dueAt), state: 'skipped', reason: skipped, decidedAt: toDate(at) }),
  }));
}
