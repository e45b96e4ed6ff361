import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { dateToPlain, localDate, plainToDate, toDate, toInstant } from '#calendar';
import {
  DomainError,
  type Level,
  type obligationView,
  type PayloadOf,
  type ReplyOf,
  type getObligation,
  type listObligations,
  type stepView,
} from '#contracts';
import { highestLevel } from '#ladder';
import type { Prisma } from '../generated/prisma/client.js';
import { EscalationRepository } from '../escalations/escalation.repository.js';
import { HistoryRepository } from '../history/history.repository.js';
import { Database } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';
import { punctuality, type Moments } from './punctuality.js';
import { judgedAtOf } from './standstill.js';

type View = z.output<typeof obligationView>;
const shown = {
  debtor: true,
  creditor: true,
  report: { select: { id: true } },
  suspension: { select: { id: true, decision: true } },
  steps: { orderBy: [{ generation: 'asc' }, { ordinal: 'asc' }] },
} as const satisfies Prisma.ObligationInclude;
type Shown = Prisma.ObligationGetPayload<{ include: typeof shown }>;

/** What people see of obligations. Overdue, late and level are derived at the moment of asking. */
@Injectable()
export class ObligationViews {
  constructor(
    private readonly database: Database,
    private readonly escalations: EscalationRepository,
    private readonly history: HistoryRepository,
    private readonly rules: RuleFiles,
  ) {}

  async list(filter: PayloadOf<typeof listObligations>, after: string | undefined, limit: number, now: Temporal.Instant): Promise<View[]> {
    const rows = await this.database.obligation.findMany({
      where: { AND: this.conditions(filter, after, now) },
      orderBy: [{ dueOn: 'asc' }, { id: 'asc' }],
      take: limit,
      include: shown,
    });
    return rows.map((row) => this.view(row, now));
  }

  /** @throws DomainError `obligation-not-found` */
  async story(id: string, now: Temporal.Instant): Promise<ReplyOf<typeof getObligation>> {
    const row = await this.database.obligation.findUnique({ where: { id }, include: shown });
    if (!row) throw new DomainError('obligation-not-found', `There is no obligation ${id}.`);
    return {
      ...this.view(row, now),
      steps: row.steps.map((step) => ({
        stepId: step.id,
        generation: step.generation,
        rung: step.rung,
        level: step.level as Level,
        track: step.track as 'debtor' | 'superior',
        plannedAt: toInstant(step.plannedAt).toString(),
        dueAt: toInstant(step.dueAt).toString(),
        state: step.state as z.output<typeof stepView>['state'],
        decidedAt: step.decidedAt && toInstant(step.decidedAt).toString(),
        slot: step.slot && toInstant(step.slot).toString(),
        reason: step.reason,
      })),
      escalations: await this.escalations.list({ obligationId: id }, 200),
      history: await this.history.of(id),
    };
  }

  private conditions(
    filter: PayloadOf<typeof listObligations>,
    after: string | undefined,
    now: Temporal.Instant,
  ): Prisma.ObligationWhereInput[] {
    const [dueOn, id] = after?.split('/') ?? [];
    const { heldSince } = this.database.obligation.fields;
    const overdue: Prisma.ObligationWhereInput = {
      state: 'open',
      overdueAt: { lte: toDate(now) },
      OR: [{ heldSince: null }, { overdueAt: { lte: heldSince } }],
    };
    return [
      ...(filter.state === undefined ? [] : [{ state: filter.state }]),
      ...(filter.agency === undefined ? [] : [{ debtor: { code: filter.agency } }]),
      ...(filter.overdue === undefined ? [] : [filter.overdue ? overdue : { NOT: overdue }]),
      ...(filter.level === undefined ? [] : [{ steps: { some: { state: 'fired', level: filter.level } } }]),
      ...(filter.dueFrom === undefined ? [] : [{ dueOn: { gte: plainToDate(Temporal.PlainDate.from(filter.dueFrom)) } }]),
      ...(filter.dueTo === undefined ? [] : [{ dueOn: { lte: plainToDate(Temporal.PlainDate.from(filter.dueTo)) } }]),
      ...(dueOn === undefined || id === undefined
        ? []
        : [{ OR: [{ dueOn: { gt: new Date(dueOn) } }, { dueOn: new Date(dueOn), id: { gt: id } }] }]),
    ];
  }

  private view(row: Shown, now: Temporal.Instant): View {
    const dueOn = dateToPlain(row.dueOn);
    const current = row.steps.filter((step) => step.generation === row.generation);
    const fired = current.filter((step) => step.state === 'fired').map((step) => step.level as Level);
    const next = current.find((step) => step.state === 'pending');
    const end = row.settledAt ?? toDate(judgedAtOf(row, now));
    const late = end >= row.overdueAt;
    return {
      obligationId: row.id,
      planId: row.planId,
      kind: row.kind as View['kind'],
      taskId: row.taskId,
      title: row.title,
      titleEn: row.titleEn,
      period: row.period,
      debtor: row.debtor.code,
      creditor: row.creditor.code,
      reportId: row.report?.id ?? null,
      state: row.state as View['state'],
      overdue: row.state === 'open' && late,
      late,
      workingDaysLate: late ? Math.max(0, this.rules.calendar.workingDaysBetween(dueOn, localDate(toInstant(end)))) : 0,
      dueOn: dueOn.toString(),
      originalDueOn: dateToPlain(row.originalDueOn).toString(),
      onTime: punctuality(momentsOf(row), now),
      generation: row.generation,
      level: fired.length > 0 ? highestLevel(fired) : null,
      next: next ? { rung: next.rung, level: next.level as Level, dueAt: toInstant(next.dueAt).toString() } : null,
      suspension: suspensionOf(row),
      openedAt: toInstant(row.openedAt).toString(),
      settledAt: row.settledAt && toInstant(row.settledAt).toString(),
      settledReason: row.settledReason,
      version: row.version,
    };
  }
}

function suspensionOf({ suspension, heldSince }: Shown): View['suspension'] {
  if (!suspension || !heldSince) return null;
  return { suspensionId: suspension.id, decision: suspension.decision, since: localDate(toInstant(heldSince)).toString() };
}

function momentsOf(row: Shown): Moments {
  return {
    firstFulfilledAt: row.firstFulfilledAt && toInstant(row.firstFulfilledAt),
    firstOverdueAt: row.firstOverdueAt && toInstant(row.firstOverdueAt),
    settledAt: row.settledAt && toInstant(row.settledAt),
    originalOverdueAt: toInstant(row.originalOverdueAt),
    extendedOverdueAt: toInstant(row.extendedOverdueAt),
    overdueAt: toInstant(row.overdueAt),
    heldSince: row.heldSince && toInstant(row.heldSince),
  };
}
