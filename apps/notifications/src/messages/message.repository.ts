import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { toInstant } from '#calendar';
import { DomainError, type attemptView, type messageStates, type messageView } from '#contracts';
import type { Prisma } from '../generated/prisma/client.js';
import { Database } from '../persistence/database.js';

type State = (typeof messageStates)[number];
type View = z.output<typeof messageView>;
type Shown = Prisma.MessageGetPayload<{ include: { recipient: true; deliveredTo: true } }>;

@Injectable()
export class MessageRepository {
  constructor(private readonly database: Database) {}

  async list(filter: {
    state: State | undefined;
    obligationId: string | undefined;
    recipientId: string | undefined;
    agencyCode: string | undefined;
    limit: number;
    after: string | undefined;
  }): Promise<View[]> {
    const rows = await this.database.message.findMany({
      where: {
        ...(filter.state === undefined ? {} : { state: filter.state }),
        ...(filter.obligationId === undefined ? {} : { obligationIds: { has: filter.obligationId } }),
        ...(filter.recipientId === undefined ? {} : { recipientId: filter.recipientId }),
        ...(filter.agencyCode === undefined ? {} : { agencyCode: filter.agencyCode }),
        ...(filter.after === undefined ? {} : { id: { gt: filter.after } }),
      },
      orderBy: { id: 'asc' },
      take: filter.limit,
      include: { recipient: true, deliveredTo: true },
    });
    return rows.map(view);
  }

  /** @throws DomainError `message-not-found` */
  async story(id: string): Promise<View & { attempts: z.output<typeof attemptView>[] }> {
    const row = await this.database.message.findUnique({
      where: { id },
      include: { recipient: true, deliveredTo: true, tries: { orderBy: { attempt: 'asc' } } },
    });
    if (!row) throw new DomainError('message-not-found', `There is no message ${id}.`);
    return {
      ...view(row),
      attempts: row.tries.map((one) => ({
        attempt: one.attempt,
        startedAt: toInstant(one.startedAt).toString(),
        endedAt: one.endedAt && toInstant(one.endedAt).toString(),
        outcome: one.outcome as z.output<typeof attemptView>['outcome'],
        answer: one.answer,
        deliveredToId: one.deliveredToId ?? row.recipientId,
      })),
    };
  }

  async counts(): Promise<Partial<Record<State, number>>> {
    const rows = await this.database.message.groupBy({ by: ['state'], _count: true });
    return Object.fromEntries(rows.map((row) => [row.state, row._count]));
  }
}

function view(row: Shown): View {
  return {
    messageId: row.id,
    businessKey: row.businessKey,
    template: row.template,
    templateVersion: row.templateVersion,
    state: row.state as State,
    recipientId: row.recipientId,
    deliveredToId: row.attempts > 0 ? (row.deliveredToId ?? row.recipientId) : null,
    deliveredToName: row.attempts > 0 ? (row.deliveredTo ?? row.recipient).name : null,
    agencyCode: row.agencyCode,
    organisation: row.recipient.organisation,
    recipientName: row.recipient.name,
    recipientEmail: row.recipient.email,
    subject: row.subject,
    obligationIds: row.obligationIds,
    correlationId: row.correlationId,
    createdAt: toInstant(row.createdAt).toString(),
    sentAt: row.sentAt && toInstant(row.sentAt).toString(),
    nextAttemptAt: row.nextAttemptAt && toInstant(row.nextAttemptAt).toString(),
    reason: row.reason,
    mailId: row.mailId,
  };
}
