import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { DomainError, type ClassState } from '#contracts';
import { HistoryRepository } from '../history/history.repository.js';
import type { Prisma } from '../generated/prisma/client.js';
import type { Tx } from '../persistence/database.js';
import { ClassChanges } from './class-changes.js';
import type { HeldClass } from './class.js';

/** Classes as use cases change them. Every change happens under the lock of the class, and before anything is booked. */
@Injectable()
export class ClassRepository {
  constructor(
    private readonly history: HistoryRepository,
    private readonly changes: ClassChanges,
  ) {}

  /** @throws DomainError `class-code-taken` */
  async create(tx: Tx, row: Prisma.TrainingClassCreateManyInput): Promise<void> {
    const { count } = await tx.trainingClass.createMany({ data: [row], skipDuplicates: true });
    if (count === 0) throw new DomainError('class-code-taken', `There is a class ${row.code} already. Choose another code.`);
  }

  /** Locks a class to the end of the transaction. @throws DomainError `class-not-found` */
  async hold(tx: Tx, id: string): Promise<HeldClass> {
    await tx.$queryRaw`SELECT id FROM training_class WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    const row = await tx.trainingClass.findUnique({ where: { id } });
    if (row) return { ...row, state: row.state as ClassState };
    throw new DomainError('class-not-found', `There is no class ${id}. GET /api/v1/classes lists them.`);
  }

  /** Changes a class that is held. @returns its new version */
  async change(
    tx: Tx,
    id: string,
    changes: {
      state?: ClassState;
      decision?: string;
      reason?: string;
      title?: string | undefined;
      venueId?: string | null | undefined;
      capacity?: number | undefined;
      minSize?: number | undefined;
      rosterVersion?: number;
      urgent?: string | null;
    } = {},
  ): Promise<number> {
    const data = { ...changes, version: { increment: 1 } } as Prisma.TrainingClassUncheckedUpdateInput;
    return (await tx.trainingClass.update({ where: { id }, data })).version;
  }

  /** Says what was done, last of all that is done: from here on whatever belongs to the class follows it. */
  async tell(
    tx: Tx,
    classId: string,
    at: Temporal.Instant,
    what: string,
    more: { reason?: string | null; detail?: Prisma.InputJsonObject } = {},
  ): Promise<void> {
    await this.history.tell(tx, [{ subject: 'class', subjectId: classId, at, what, ...more }]);
    await this.changes.tell(tx, { classId, at, what, reason: more.reason ?? null });
  }
}
