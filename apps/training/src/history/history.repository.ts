import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { toDate, toInstant } from '#calendar';
import type { historyEntry, TrainingSubject } from '#contracts';
import { currentTrace, newTrace } from '#observability';
import type { History, Prisma } from '../generated/prisma/client.js';
import { Database, type Tx } from '../persistence/database.js';

export type HistoryEntry = z.output<typeof historyEntry>;

/** One change: ids and business facts. Never a person's name or address; people stand in it as contact or account ids. */
export interface HistoryLine {
  readonly subject: TrainingSubject;
  readonly subjectId: string;
  readonly at: Temporal.Instant;
  readonly what: string;
  readonly reason?: string | null;
  readonly detail?: Prisma.InputJsonObject;
}

/** Who did what, when and why. Who it was and the story it belongs to come from the trace of the message in hand; lines are never changed. */
@Injectable()
export class HistoryRepository {
  constructor(private readonly database: Database) {}

  async tell(tx: Tx, lines: readonly HistoryLine[]): Promise<void> {
    const trace = currentTrace() ?? newTrace('service:training');
    await tx.history.createMany({
      data: lines.map(({ subject, subjectId, at, what, reason, detail }) => ({
        subject,
        subjectId,
        at: toDate(at),
        what,
        actor: trace.actor,
        reason: reason ?? null,
        detail: detail ?? {},
        correlationId: trace.correlationId,
      })),
    });
  }

  /** A page of what happened to one thing, oldest first, with its keys. @param after key of the last line seen */
  async list(ask: {
    subject: TrainingSubject;
    subjectId: string;
    limit: number;
    after: string | undefined;
  }): Promise<{ key: string; entry: HistoryEntry }[]> {
    const rows = await this.database.history.findMany({
      where: {
        subject: ask.subject,
        subjectId: ask.subjectId,
        ...(ask.after === undefined ? {} : { id: { gt: BigInt(ask.after) } }),
      },
      orderBy: { id: 'asc' },
      take: ask.limit,
    });
    return rows.map((row) => ({ key: String(row.id), entry: shown(row) }));
  }
}

function shown(row: History): HistoryEntry {
  return {
    at: toInstant(row.at).toString(),
    what: row.what,
    actor: row.actor,
    reason: row.reason,
    detail: row.detail as Record<string, unknown>,
    correlationId: row.correlationId,
  };
}
