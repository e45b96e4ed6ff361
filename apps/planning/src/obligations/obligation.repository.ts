import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { dateToPlain, plainToDate, toDate, toInstant } from '#calendar';
import { DomainError } from '#contracts';
import type { Ladder, PlannedStep } from '#ladder';
import { currentTrace, newTrace } from '#observability';
import type { Prisma } from '../generated/prisma/client.js';
import type { Tx } from '../persistence/database.js';
import { stableId } from '../plans/stable-id.js';
import type { HeldObligation, NewObligation, ObligationState, Supersession } from './obligation.js';

export interface OpenedObligation {
  readonly obligation: NewObligation;
  readonly dueOn: Temporal.PlainDate;
  readonly overdueAt: Temporal.Instant;
  readonly steps: readonly PlannedStep[];
}

export interface HistoryLine {
  readonly obligationId: string;
  readonly at: Temporal.Instant;
  readonly what: string;
  readonly reason?: string | null;
  readonly detail?: Readonly<Record<string, string | number | null>>;
}

/** Obligations, their steps and their history. Every change of steps happens under the lock of their obligation. */
@Injectable()
export class ObligationRepository {
  /** Writes obligations with all steps of their ladders. Those that exist stay as they are. @returns ids that are new */
  async open(tx: Tx, opened: readonly OpenedObligation[], at: Temporal.Instant): Promise<Set<string>> {
    const known = await tx.obligation.findMany({
      where: { id: { in: opened.map(({ obligation }) => obligation.id) } },
      select: { id: true },
    });
    const taken = new Set(known.map((row) => row.id));
    const fresh = opened.filter(({ obligation }) => !taken.has(obligation.id));
    const trace = currentTrace() ?? newTrace('service:planning');
    await tx.frozenLadder.createMany({ data: frozen(fresh.map(({ obligation }) => obligation.ladder)), skipDuplicates: true });
    await tx.obligation.createMany({
      data: fresh.map((one) => ({ ...obligationRow(one), openedAt: toDate(at), correlationId: trace.correlationId })),
    });
    await tx.step.createMany({ data: fresh.flatMap(({ obligation, steps }) => stepRows(obligation.id, 1, steps, at)) });
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

  /** Locks those of the obligations that exist, to the end of the transaction. */
  async holdAll(tx: Tx, ids: readonly string[]): Promise<HeldObligation[]> {
    if (ids.length === 0) return [];
    await tx.$queryRawUnsafe(`SELECT id FROM obligation WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`, ids);
    return (await tx.obligation.findMany({ where: { id: { in: [...ids] } }, include: { ladder: true } })).map(heldObligation);
  }

  /** Ends the pending steps of an obligation that is held. */
  async supersede(tx: Tx, id: string, reason: Supersession, at: Temporal.Instant): Promise<number> {
    const { count } = await tx.step.updateMany({
      where: { obligationId: id, state: 'pending' },
      data: { state: 'superseded', reason, decidedAt: toDate(at) },
    });
    return count;
  }

  /** Closes an obligation that is held. @returns its new version */
  async settle(tx: Tx, id: string, state: Exclude<ObligationState, 'open'>, reason: string, at: Temporal.Instant): Promise<number> {
    await tx.toldObligation.deleteMany({ where: { obligationId: id } });
    const row = await tx.obligation.update({
      where: { id },
      data: { state, settledAt: toDate(at), settledReason: reason, version: { increment: 1 } },
    });
    return row.version;
  }

  /** Opens the next generation of an obligation that is held, with a new deadline and fresh steps. @returns its new version */
  async nextGeneration(
    tx: Tx,
    held: HeldObligation,
    next: {
      deadlineWord: string;
      deadlineDate: Temporal.PlainDate;
      dueOn: Temporal.PlainDate;
      overdueAt: Temporal.Instant;
      steps: readonly PlannedStep[];
    },
    at: Temporal.Instant,
  ): Promise<number> {
    const generation = held.generation + 1;
    await tx.toldObligation.deleteMany({ where: { obligationId: held.id } });
    const row = await tx.obligation.update({
      where: { id: held.id },
      data: {
        state: 'open',
        settledAt: null,
        settledReason: null,
        generation,
        deadlineWord: next.deadlineWord,
        deadlineDate: plainToDate(next.deadlineDate),
        dueOn: plainToDate(next.dueOn),
        overdueAt: toDate(next.overdueAt),
        version: { increment: 1 },
      },
    });
    await tx.step.createMany({ data: stepRows(held.id, generation, next.steps, at) });
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

  async tell(tx: Tx, lines: readonly HistoryLine[]): Promise<void> {
    const trace = currentTrace() ?? newTrace('service:planning');
    await tx.obligationHistory.createMany({
      data: lines.map(({ obligationId, at, what, reason, detail }) => ({
        obligationId,
        at: toDate(at),
        what,
        actor: trace.actor,
        reason: reason ?? null,
        detail: detail ?? {},
        correlationId: trace.correlationId,
      })),
    });
  }
}

function heldObligation(row: Prisma.ObligationGetPayload<{ include: { ladder: true } }>): HeldObligation {
  return {
    id: row.id,
    planId: row.planId,
    debtorId: row.debtorId,
    state: row.state as ObligationState,
    generation: row.generation,
    version: row.version,
    dueOn: dateToPlain(row.dueOn),
    overdueAt: toInstant(row.overdueAt),
    rollPolicy: row.rollPolicy as HeldObligation['rollPolicy'],
    officeHourCutoff: row.officeHourCutoff,
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
    ladderId: ladderId(obligation.ladder),
  };
}

function stepRows(obligationId: string, generation: number, steps: readonly PlannedStep[], at: Temporal.Instant) {
  return steps.map(({ rung, ordinal, dueAt, skipped }) => ({
    id: randomUUID(),
    obligationId,
    generation,
    rung: rung.code,
    ordinal,
    level: rung.level,
    track: rung.track,
    plannedAt: toDate(dueAt),
    dueAt: toDate(dueAt),
    ...(skipped === undefined ? {} : { state: 'skipped', reason: skipped, decidedAt: toDate(at) }),
  }));
}
