import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { plainToDate, toDate, toInstant } from '#calendar';
import { DomainError } from '#contracts';
import { currentTrace } from '#observability';
import type { PreparedDocument } from '../generated/prisma/client.js';
import { HistoryRepository, type HistoryLine } from '../history/history.repository.js';
import type { Supersession } from '../obligations/obligation.js';
import type { Tx } from '../persistence/database.js';
import { cityListKey, documentId, type DocumentContent, type DocumentState, type HeldDocument } from './document.js';
import type { OwedInQuarter, Quarter } from './late-agencies.js';

export interface NewDocument {
  readonly planId: string;
  readonly key: string;
  readonly content: DocumentContent;
}

/** An obligation whose rung asks for an item on the city office's list. */
export interface CityItem {
  readonly obligationId: string;
  readonly generation: number;
  readonly rung: string;
}

interface Decision extends Pick<HistoryLine, 'reason' | 'detail'> {
  readonly state: Exclude<DocumentState, 'prepared'>;
  /** Number of the letter or document, or why it is discarded. */
  readonly note: string;
  readonly by: string;
}

/** Documents that wait for a person. Whoever also needs the obligation locks that first, as those do who settle it. */
@Injectable()
export class DocumentRepository {
  constructor(private readonly history: HistoryRepository) {}

  /**
   * Items for the city office's list with the facts of this moment, in one statement for a whole sweep. What is prepared already stays as it is.
   * @returns ids of those that are new
   */
  async prepareItems(tx: Tx, items: readonly CityItem[], at: Temporal.Instant): Promise<string[]> {
    if (items.length === 0) return [];
    const keys = items.map(({ obligationId, generation }) => cityListKey(obligationId, generation));
    const rows = await tx.$queryRawUnsafe<{ id: string }[]>(
      `INSERT INTO prepared_document (id, plan_id, kind, key, obligation_id, content, prepared_at)
       SELECT i.id, o.plan_id, 'city-list-item', i.key, o.id, jsonb_build_object(
           'kind', 'city-list-item', 'debtor', jsonb_build_object('code', a.code, 'name', a.name, 'nameEn', a.name_en),
           'title', o.title, 'titleEn', o.title_en, 'period', o.period, 'periodEn', o.period_en,
           'dueOn', o.due_on::text, 'generation', o.generation, 'rung', i.rung, 'chasings', c.chasings), $5
       FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[]) AS i(id, key, obligation_id, rung)
       JOIN obligation o ON o.id = i.obligation_id JOIN agency a ON a.id = o.debtor_id
       CROSS JOIN LATERAL (
         SELECT coalesce(jsonb_agg(jsonb_build_object('rung', s.rung, 'level', s.level, 'on', (s.slot AT TIME ZONE 'Asia/Ho_Chi_Minh')::date::text)
           ORDER BY s.ordinal), '[]') AS chasings
         FROM step s WHERE s.obligation_id = o.id AND s.generation = o.generation AND s.state = 'fired' AND s.level LIKE 'chase-%') c
       ON CONFLICT (key) DO NOTHING RETURNING id`,
      keys.map(documentId),
      keys,
      items.map((item) => item.obligationId),
      items.map((item) => item.rung),
      toDate(at),
    );
    const ids = rows.map((row) => row.id);
    await this.tell(tx, ids, { at, what: 'prepared' });
    return ids;
  }

  /** @returns false when there is one of this key already, decided or not */
  async prepare(tx: Tx, { planId, key, content }: NewDocument, at: Temporal.Instant): Promise<boolean> {
    const id = documentId(key);
    const { count } = await tx.preparedDocument.createMany({
      data: [{ id, planId, kind: content.kind, key, content, preparedAt: toDate(at) }],
      skipDuplicates: true,
    });
    if (count > 0) await this.tell(tx, [id], { at, what: 'prepared' });
    return count > 0;
  }

  async isThere(tx: Tx, key: string): Promise<boolean> {
    return (await tx.preparedDocument.count({ where: { key } })) > 0;
  }

  /** The obligation that a document is about; null when it is about none. @throws DomainError `document-not-found` */
  async obligationOf(tx: Tx, id: string): Promise<string | null> {
    const row = await tx.preparedDocument.findUnique({ where: { id }, select: { obligationId: true } });
    if (!row) throw notThere(id);
    return row.obligationId;
  }

  /** Locks a document to the end of the transaction. @throws DomainError `document-not-found` */
  async hold(tx: Tx, id: string): Promise<HeldDocument> {
    await tx.$queryRaw`SELECT id FROM prepared_document WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    const row = await tx.preparedDocument.findUnique({ where: { id } });
    if (!row) throw notThere(id);
    return held(row);
  }

  /** Ends the waiting of a document that is held. @returns its new version */
  async decide(tx: Tx, id: string, { state, note, by, ...line }: Decision, at: Temporal.Instant): Promise<number> {
    const row = await tx.preparedDocument.update({
      where: { id },
      data: { state, note, decidedAt: toDate(at), decidedBy: by, version: { increment: 1 } },
    });
    await this.tell(tx, [id], { at, what: state, ...line });
    return row.version;
  }

  /** Discards what waits about an obligation that is settled or begins anew; the obligation is held. */
  async overtake(tx: Tx, obligationId: string, cause: Supersession, at: Temporal.Instant): Promise<void> {
    const note = `the obligation was ${cause} before it was sent`;
    const decidedBy = currentTrace()?.actor ?? 'service:planning';
    const rows = await tx.preparedDocument.updateManyAndReturn({
      where: { obligationId, state: 'prepared' },
      data: { state: 'discarded', note, decidedAt: toDate(at), decidedBy, version: { increment: 1 } },
      select: { id: true },
    });
    await this.tell(
      tx,
      rows.map((row) => row.id),
      { at, what: 'discarded', reason: note },
    );
  }

  /** What was due in a quarter by its first deadline and counts: as for the reporting rates without what is waived or cancelled. */
  async owedIn(tx: Tx, planId: string, { from, to }: Quarter): Promise<OwedInQuarter[]> {
    const rows = await tx.obligation.findMany({
      where: { planId, originalDueOn: { gte: plainToDate(from), lte: plainToDate(to) }, state: { notIn: ['waived', 'cancelled'] } },
      select: {
        debtor: { select: { code: true, name: true, nameEn: true } },
        state: true,
        settledAt: true,
        firstFulfilledAt: true,
        firstOverdueAt: true,
        originalOverdueAt: true,
        extendedOverdueAt: true,
        overdueAt: true,
        heldSince: true,
      },
    });
    return rows.map(({ debtor, state, ...row }) => ({
      agency: debtor,
      open: state === 'open',
      firstFulfilledAt: row.firstFulfilledAt && toInstant(row.firstFulfilledAt),
      firstOverdueAt: row.firstOverdueAt && toInstant(row.firstOverdueAt),
      settledAt: row.settledAt && toInstant(row.settledAt),
      originalOverdueAt: toInstant(row.originalOverdueAt),
      extendedOverdueAt: toInstant(row.extendedOverdueAt),
      overdueAt: toInstant(row.overdueAt),
      heldSince: row.heldSince && toInstant(row.heldSince),
    }));
  }

  private async tell(tx: Tx, ids: readonly string[], line: Omit<HistoryLine, 'subject' | 'subjectId'>): Promise<void> {
    if (ids.length === 0) return;
    await this.history.tell(
      tx,
      ids.map((subjectId) => ({ subject: 'document', subjectId, ...line })),
    );
  }
}

const notThere = (id: string): DomainError =>
  new DomainError('document-not-found', `There is no prepared document ${id}. GET /api/v1/prepared-documents lists them.`);

function held(row: PreparedDocument): HeldDocument {
  return {
    id: row.id,
    planId: row.planId,
    obligationId: row.obligationId,
    state: row.state as DocumentState,
    content: row.content as unknown as DocumentContent,
    decidedAt: row.decidedAt && toInstant(row.decidedAt),
    note: row.note,
    version: row.version,
  };
}
