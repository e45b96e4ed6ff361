import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { dateToPlain, plainToDate } from '#calendar';
import { DomainError, nameBasedId, type EngagementState } from '#contracts';
import type { Engagement as Row, Prisma } from '../generated/prisma/client.js';
import { HistoryRepository } from '../history/history.repository.js';
import type { Database, Tx } from '../persistence/database.js';
import type { Engagement } from './engagement.js';

/** Who teaches what by whose word. Rows change under the lock of their class alone; each change is told. */
@Injectable()
export class EngagementRepository {
  constructor(private readonly history: HistoryRepository) {}

  /** All of a class, in order of their id. */
  async of(tx: Tx, classId: string): Promise<Engagement[]> {
    return (await tx.engagement.findMany({ where: { classId }, orderBy: { id: 'asc' } })).map(engagementOf);
  }

  /** @throws DomainError `engagement-not-found` */
  async read(tx: Tx, id: string): Promise<Engagement> {
    const row = await tx.engagement.findUnique({ where: { id } });
    if (row) return engagementOf(row);
    throw new DomainError('engagement-not-found', `There is no engagement ${id}. GET /api/v1/engagements lists them.`);
  }

  /** @throws DomainError `engagement-not-found` */
  async ofTrainer(tx: Tx, classId: string, trainerId: string): Promise<Engagement> {
    return this.read(tx, idOf(classId, trainerId));
  }

  /** Those who may have to be asked today: proposed, or without an answer by their day. Of classes that stand, in order of class. */
  async toAsk(database: Database | Tx, today: Temporal.PlainDate): Promise<{ id: string }[]> {
    return database.engagement.findMany({
      where: {
        OR: [{ state: 'proposed' }, { state: 'invited', answerBy: { lt: plainToDate(today) } }],
        class: { sessions: { some: { active: true, date: { gt: plainToDate(today) } } } },
      },
      orderBy: [{ classId: 'asc' }, { id: 'asc' }],
      select: { id: true },
    });
  }

  /** A trainer has sessions of a class for the first time. */
  async propose(tx: Tx, classId: string, trainerId: string, at: Temporal.Instant): Promise<void> {
    const id = idOf(classId, trainerId);
    await tx.engagement.create({ data: { id, classId, trainerId, state: 'proposed' } });
    await this.history.tell(tx, [{ subject: 'engagement', subjectId: id, at, what: 'proposed', detail: { classId, trainerId } }]);
  }

  /** Nothing of what was asked or answered holds any more: asked anew some time, or over. */
  async reset(
    tx: Tx,
    { id, state: from }: Engagement,
    to: 'proposed' | 'ended',
    why: { at: Temporal.Instant; reason: string | null },
  ): Promise<void> {
    const data = { state: to, asked: null, asks: 0, invitedAt: null, answerBy: null, answeredAt: null, answeredVia: null, reason: null };
    await this.change(tx, id, data, { ...why, what: to, detail: { from } });
  }

  /** Changes an engagement whose class is held, and tells it. @returns its new version */
  async change(
    tx: Tx,
    id: string,
    data: Prisma.EngagementUpdateInput & { state: EngagementState },
    line: { at: Temporal.Instant; what: string; reason?: string | null; detail?: Prisma.InputJsonObject },
  ): Promise<number> {
    const row = await tx.engagement.update({ where: { id }, data: { ...data, version: { increment: 1 } } });
    const { detail, ...said } = line;
    const about = { classId: row.classId, trainerId: row.trainerId, ...detail };
    await this.history.tell(tx, [{ subject: 'engagement', subjectId: id, ...said, detail: about }]);
    return row.version;
  }
}

/** The same for the same trainer and class, however often they come together. */
const idOf = (classId: string, trainerId: string): string => nameBasedId('dondoc', 'engagement', classId, trainerId);

export function engagementOf(row: Row): Engagement {
  return { ...row, state: row.state as EngagementState, answerBy: row.answerBy && dateToPlain(row.answerBy) };
}
