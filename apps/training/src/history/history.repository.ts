import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { toInstant } from '#calendar';
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

  /** As many lines as wanted in one statement: an import of ten thousand nominations tells twice as many. */
  async tell(tx: Tx, lines: readonly HistoryLine[]): Promise<void> {
    if (lines.length === 0) return;
    const trace = currentTrace() ?? newTrace('service:training');
    const rows = lines.map(({ subjectId: subject_id, at, reason = null, detail = {}, ...line }) => ({
      ...line,
      subject_id,
      at: at.toString(),
      reason,
      detail,
    }));
    await tx.$executeRaw`
      INSERT INTO history (subject, subject_id, at, what, actor, reason, detail, correlation_id)
      SELECT l.subject, l.subject_id, l.at, l.what, ${trace.actor}, l.reason, l.detail, ${trace.correlationId}::uuid
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS l(subject text, subject_id uuid, at timestamptz, what text, reason text, detail jsonb)`;
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
