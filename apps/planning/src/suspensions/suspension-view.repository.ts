import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { dateToPlain, toInstant } from '#calendar';
import {
  DomainError,
  type getSuspension,
  type listSuspensions,
  type PayloadOf,
  type ReplyOf,
  type suspensionStates,
  type suspensionView,
} from '#contracts';
import type { Prisma } from '../generated/prisma/client.js';
import { Database } from '../persistence/database.js';
import { stateOf } from './suspension.js';

type View = z.output<typeof suspensionView>;

const shown = {
  plan: { select: { documentNumber: true } },
  task: { select: { code: true } },
  _count: { select: { obligations: true } },
} as const satisfies Prisma.SuspensionInclude;
type Shown = Prisma.SuspensionGetPayload<{ include: typeof shown }>;

interface Move {
  readonly obligationId: string;
  readonly from: string;
  readonly to: string;
}
/** Moved deadlines shown at most; each stands in the history of its obligation as well. */
const MOST = 1_000;

const CONDITIONS: Readonly<Record<(typeof suspensionStates)[number], Prisma.SuspensionWhereInput>> = {
  planned: { startedAt: null, endedAt: null },
  running: { startedAt: { not: null }, endedAt: null },
  ended: { startedAt: { not: null }, endedAt: { not: null } },
  withdrawn: { startedAt: null, endedAt: { not: null } },
};

/** What people see of suspensions. */
@Injectable()
export class SuspensionViews {
  constructor(private readonly database: Database) {}

  /** In order of their id. */
  async list(filter: PayloadOf<typeof listSuspensions>, after: string | undefined, limit: number): Promise<View[]> {
    const rows = await this.database.suspension.findMany({
      where: {
        ...(filter.planId === undefined ? {} : { planId: filter.planId }),
        ...(filter.state === undefined ? {} : CONDITIONS[filter.state]),
        ...(after === undefined ? {} : { id: { gt: after } }),
      },
      orderBy: { id: 'asc' },
      take: limit,
      include: shown,
    });
    return rows.map(view);
  }

  /** With the deadlines that moved. @throws DomainError `suspension-not-found` */
  async find(id: string): Promise<ReplyOf<typeof getSuspension>> {
    const row = await this.database.suspension.findUnique({ where: { id }, include: shown });
    if (!row) throw new DomainError('suspension-not-found', `There is no suspension ${id}. GET /api/v1/suspensions lists them.`);
    const moves = movesOf(row).slice(0, MOST);
    const obligations = await this.database.obligation.findMany({
      where: { id: { in: moves.map((move) => move.obligationId) } },
      select: { id: true, title: true, period: true, debtor: { select: { code: true } } },
    });
    const byId = new Map(obligations.map((one) => [one.id, one]));
    const moved = moves.flatMap((move) => {
      const one = byId.get(move.obligationId);
      return one ? [{ ...move, debtor: one.debtor.code, title: one.title, period: one.period }] : [];
    });
    return { ...view(row), moved };
  }
}

function movesOf(row: Shown): Move[] {
  return row.moved as unknown as Move[];
}

function view(row: Shown): View {
  const day = (date: Date | null): string | null => date && dateToPlain(date).toString();
  const moment = (date: Date | null): string | null => date && toInstant(date).toString();
  return {
    suspensionId: row.id,
    planId: row.planId,
    plan: row.plan.documentNumber,
    task: row.task?.code ?? null,
    state: stateOf(row),
    decision: row.decision,
    reason: row.reason,
    fromOn: dateToPlain(row.fromOn).toString(),
    untilOn: day(row.untilOn),
    recordedAt: toInstant(row.recordedAt).toString(),
    recordedBy: row.recordedBy,
    startedAt: moment(row.startedAt),
    endedAt: moment(row.endedAt),
    endedBy: row.endedBy,
    resumedOn: day(row.resumedOn),
    endDecision: row.endDecision,
    endReason: row.endReason,
    obligationsHeld: row._count.obligations,
    deadlinesMoved: movesOf(row).length,
    stepsMoved: row.stepsMoved,
    version: row.version,
  };
}
