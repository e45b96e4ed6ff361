import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { toDate, toInstant } from '#calendar';
import type { historyEntry, HistorySubject } from '#contracts';
import { currentTrace, newTrace } from '#observability';
import type { History, Prisma } from '../generated/prisma/client.js';
import { Database, type Tx } from '../persistence/database.js';

export type HistoryEntry = z.output<typeof historyEntry>;

/** One change: ids and business facts. Never a person's name or address; people stand in it as contact or account ids. */
export interface HistoryLine {
  readonly subject: HistorySubject;
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

  /** One statement, however many lines: a suspension tells thousands at once. */
  async tell(tx: Tx, lines: readonly HistoryLine[]): Promise<void> {
    if (lines.length === 0) return;
    const trace = currentTrace() ?? newTrace('service:planning');
    await tx.$executeRawUnsafe(
      `INSERT INTO history (subject, subject_id, at, what, reason, detail, actor, correlation_id)
       SELECT subject, subject_id, at, what, reason, detail::jsonb, $7, $8::uuid
       FROM unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[]) AS l(subject, subject_id, at, what, reason, detail)`,
      lines.map((line) => line.subject),
      lines.map((line) => line.subjectId),
      lines.map((line) => toDate(line.at)),
      lines.map((line) => line.what),
      lines.map((line) => line.reason ?? null),
      lines.map((line) => JSON.stringify(line.detail ?? {})),
      trace.actor,
      trace.correlationId,
    );
  }

  /** Everything about one thing, oldest first. */
  async of(subjectId: string): Promise<HistoryEntry[]> {
    return (await this.database.history.findMany({ where: { subjectId }, orderBy: { id: 'asc' } })).map(shown);
  }

  /** A page of it, with its keys. @param after key of the last line seen */
  async list(ask: {
    subject: HistorySubject;
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
