import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { dateToPlain, plainToDate, toDate, toInstant } from '#calendar';
import { DomainError, type extensionView, type listExtensions, type PayloadOf } from '#contracts';
import { currentTrace } from '#observability';
import type { Prisma } from '../generated/prisma/client.js';
import { HistoryRepository } from '../history/history.repository.js';
import { Database, type Tx } from '../persistence/database.js';
import type { ExtensionAnswer, ExtensionState, HeldExtension } from './extension.js';

const shown = { obligation: { include: { debtor: true, creditor: true } } } as const;
type Shown = Prisma.ExtensionGetPayload<{ include: typeof shown }>;

/** What is asked for more time, as the letter that asks names it. */
export interface ExtendedThing {
  readonly title: string;
  readonly titleEn: string;
  readonly period: string;
  readonly periodEn: string;
  readonly plan: { readonly issuerId: string; readonly standingAgencyId: string; readonly cityOfficeId: string };
}

/** Questions for more time. Whoever needs one locks its obligation first, as those do who settle the obligation. */
@Injectable()
export class ExtensionRepository {
  constructor(
    private readonly database: Database,
    private readonly history: HistoryRepository,
  ) {}

  /** The obligation that a question is about. @throws DomainError `extension-not-found` */
  async obligationOf(tx: Tx, id: string): Promise<string> {
    const row = await tx.extension.findUnique({ where: { id }, select: { obligationId: true } });
    if (!row) throw new DomainError('extension-not-found', `There is no question for an extension ${id}.`);
    return row.obligationId;
  }

  /** Locks a question to the end of the transaction. @throws DomainError `extension-not-found` */
  async hold(tx: Tx, id: string): Promise<HeldExtension> {
    await tx.$queryRaw`SELECT id FROM extension WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    const row = await tx.extension.findUnique({ where: { id } });
    if (!row) throw new DomainError('extension-not-found', `There is no question for an extension ${id}.`);
    return {
      id: row.id,
      obligationId: row.obligationId,
      state: row.state as ExtensionState,
      wishedFor: dateToPlain(row.wishedFor),
      answerObligationId: row.answerObligationId,
      version: row.version,
    };
  }

  /** The question about an obligation that waits for an answer; null when there is none. */
  async pending(tx: Tx, obligationId: string): Promise<string | null> {
    const row = await tx.extension.findFirst({ where: { obligationId, state: 'asked' }, select: { id: true } });
    return row?.id ?? null;
  }

  async thing(tx: Tx, obligationId: string): Promise<ExtendedThing> {
    return tx.obligation.findUniqueOrThrow({
      where: { id: obligationId },
      select: {
        title: true,
        titleEn: true,
        period: true,
        periodEn: true,
        plan: { select: { issuerId: true, standingAgencyId: true, cityOfficeId: true } },
      },
    });
  }

  async ask(
    tx: Tx,
    question: {
      id: string;
      obligationId: string;
      by: string;
      reason: string;
      wishedFor: Temporal.PlainDate;
      answerObligationId: string | null;
    },
    at: Temporal.Instant,
  ): Promise<void> {
    const { by, wishedFor, ...row } = question;
    await tx.extension.create({ data: { ...row, askedBy: by, askedAt: toDate(at), wishedFor: plainToDate(wishedFor) } });
    await this.history.tell(tx, [
      { subject: 'extension', subjectId: row.id, at, what: 'asked', reason: row.reason, detail: { wishedFor: wishedFor.toString() } },
    ]);
  }

  /** Ends a question that is held. @returns its new version */
  async answer(tx: Tx, id: string, { by, granted, ...answer }: ExtensionAnswer, at: Temporal.Instant): Promise<number> {
    const row = await tx.extension.update({
      where: { id },
      data: {
        ...answer,
        granted: granted && plainToDate(granted),
        answeredAt: toDate(at),
        answeredBy: by,
        version: { increment: 1 },
      },
    });
    const { state, ground, decision, answer: reason } = answer;
    const detail = {
      ...(granted === null ? {} : { granted: granted.toString() }),
      ...(ground === null ? {} : { ground }),
      ...(decision === null ? {} : { decision }),
    };
    await this.history.tell(tx, [{ subject: 'extension', subjectId: id, at, what: state, reason, detail }]);
    return row.version;
  }

  /**
   * Withdraws the question about an obligation that was settled or began anew before anybody answered.
   * @returns the obligation to answer, which nobody owes any more; null when there was none
   */
  async overtake(tx: Tx, obligationId: string, by: string, at: Temporal.Instant): Promise<string | null> {
    const id = await this.pending(tx, obligationId);
    if (id === null) return null;
    const { answerObligationId } = await this.hold(tx, id);
    const answer = `the obligation was ${by} before an answer`;
    const actor = currentTrace()?.actor ?? 'service:planning';
    await this.answer(tx, id, { state: 'withdrawn', granted: null, ground: null, decision: null, answer, by: actor }, at);
    return answerObligationId;
  }

  async list(
    filter: PayloadOf<typeof listExtensions>,
    limit: number,
    after: string | undefined,
  ): Promise<z.output<typeof extensionView>[]> {
    const rows = await this.database.extension.findMany({
      where: {
        ...(filter.state === undefined ? {} : { state: filter.state }),
        ...(filter.obligationId === undefined ? {} : { obligationId: filter.obligationId }),
        ...(filter.agency === undefined ? {} : { obligation: { debtor: { code: filter.agency } } }),
        ...(after === undefined ? {} : { id: { gt: after } }),
      },
      orderBy: { id: 'asc' },
      take: limit,
      include: shown,
    });
    return rows.map(view);
  }

  /** @throws DomainError `extension-not-found` */
  async find(id: string): Promise<z.output<typeof extensionView>> {
    const row = await this.database.extension.findUnique({ where: { id }, include: shown });
    if (!row) throw new DomainError('extension-not-found', `There is no question for an extension ${id}.`);
    return view(row);
  }
}

function view(row: Shown): z.output<typeof extensionView> {
  return {
    extensionId: row.id,
    obligationId: row.obligationId,
    title: row.obligation.title,
    period: row.obligation.period,
    debtor: row.obligation.debtor.code,
    creditor: row.obligation.creditor.code,
    state: row.state as ExtensionState,
    askedAt: toInstant(row.askedAt).toString(),
    askedBy: row.askedBy,
    reason: row.reason,
    wishedFor: dateToPlain(row.wishedFor).toString(),
    granted: row.granted && dateToPlain(row.granted).toString(),
    ground: row.ground as z.output<typeof extensionView>['ground'],
    decision: row.decision,
    answer: row.answer,
    answeredAt: row.answeredAt && toInstant(row.answeredAt).toString(),
    answeredBy: row.answeredBy,
    answerObligationId: row.answerObligationId,
    version: row.version,
  };
}
