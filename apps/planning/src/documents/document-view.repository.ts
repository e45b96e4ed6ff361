import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { toInstant } from '#calendar';
import {
  DomainError,
  type DocumentKind,
  type getPreparedDocument,
  type listPreparedDocuments,
  type PayloadOf,
  type preparedDocumentView,
  type ReplyOf,
} from '#contracts';
import type { Prisma } from '../generated/prisma/client.js';
import { HistoryRepository } from '../history/history.repository.js';
import { Database } from '../persistence/database.js';
import type { DocumentContent, DocumentState } from './document.js';

type View = z.output<typeof preparedDocumentView>;

const shown = { plan: { select: { documentNumber: true } } } as const satisfies Prisma.PreparedDocumentInclude;
type Shown = Prisma.PreparedDocumentGetPayload<{ include: typeof shown }>;

/** What people see of prepared documents. */
@Injectable()
export class DocumentViews {
  constructor(
    private readonly database: Database,
    private readonly history: HistoryRepository,
  ) {}

  /** In order of their id. */
  async list({ planId, kind, state, obligationId }: Filter, after: string | undefined, limit: number): Promise<View[]> {
    const rows = await this.database.preparedDocument.findMany({
      where: {
        ...(planId === undefined ? {} : { planId }),
        ...(kind === undefined ? {} : { kind }),
        ...(state === undefined ? {} : { state }),
        ...(obligationId === undefined ? {} : { obligationId }),
        ...(after === undefined ? {} : { id: { gt: after } }),
      },
      orderBy: { id: 'asc' },
      take: limit,
      include: shown,
    });
    return rows.map(view);
  }

  /** @throws DomainError `document-not-found` */
  async find(id: string): Promise<ReplyOf<typeof getPreparedDocument>> {
    const row = await this.database.preparedDocument.findUnique({ where: { id }, include: shown });
    if (!row)
      throw new DomainError('document-not-found', `There is no prepared document ${id}. GET /api/v1/prepared-documents lists them.`);
    return { ...view(row), content: contentOf(row), history: await this.history.of(id) };
  }
}

type Filter = Omit<PayloadOf<typeof listPreparedDocuments>, 'limit' | 'after'>;

function view(row: Shown): View {
  const content = contentOf(row);
  const state = row.state as DocumentState;
  return {
    documentId: row.id,
    planId: row.planId,
    plan: row.plan.documentNumber,
    kind: row.kind as DocumentKind,
    state,
    subject:
      content.kind === 'city-list-item'
        ? `${content.debtor.name}: ${content.title} ${content.period}`
        : `Danh sách cơ quan chậm thực hiện ${content.label}`,
    agency: content.kind === 'city-list-item' ? content.debtor.code : null,
    obligationId: row.obligationId,
    preparedAt: toInstant(row.preparedAt).toString(),
    decidedAt: row.decidedAt && toInstant(row.decidedAt).toString(),
    decidedBy: row.decidedBy,
    documentNumber: state === 'sent' || state === 'published' ? row.note : null,
    discardReason: state === 'discarded' ? row.note : null,
    version: row.version,
  };
}

function contentOf(row: Pick<Shown, 'content'>): DocumentContent {
  return row.content as unknown as DocumentContent;
}
