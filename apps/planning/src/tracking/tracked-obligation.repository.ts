import { Injectable } from '@nestjs/common';
import { dateToPlain, plainToDate } from '#calendar';
import { DomainError } from '#contracts';
import type { Tx } from '../persistence/database.js';
import type { Word } from './tracked-obligation.js';

@Injectable()
export class TrackedObligationRepository {
  /** Locks what was said before to the end of the transaction; of a thing never heard of it is the word itself, in version 0. */
  async before(tx: Tx, obligationId: string, word: Word): Promise<Omit<Word, 'state'>> {
    await tx.$executeRaw`
      INSERT INTO tracked_obligation (obligation_id, version, debtor, due_on)
      VALUES (${obligationId}::uuid, 0, ${word.debtor}, ${plainToDate(word.dueOn)}::date) ON CONFLICT DO NOTHING`;
    await tx.$queryRaw`SELECT 1 FROM tracked_obligation WHERE obligation_id = ${obligationId}::uuid FOR UPDATE`;
    const row = await tx.trackedObligation.findUniqueOrThrow({ where: { obligationId } });
    return { version: row.version, debtor: row.debtor, dueOn: dateToPlain(row.dueOn) };
  }

  async keep(tx: Tx, obligationId: string, { version, debtor, dueOn }: Word): Promise<void> {
    await tx.trackedObligation.update({ where: { obligationId }, data: { version, debtor, dueOn: plainToDate(dueOn) } });
  }

  async exists(tx: Tx, obligationId: string): Promise<boolean> {
    return (await tx.obligation.count({ where: { id: obligationId } })) > 0;
  }

  /** @throws DomainError `plan-not-found` */
  async mustHavePlan(tx: Tx, planId: string): Promise<void> {
    if ((await tx.plan.count({ where: { id: planId } })) === 0) throw new DomainError('plan-not-found', `There is no plan ${planId}.`);
  }

  /** @throws DomainError `agency-not-found` */
  async agencyId(tx: Tx, code: string): Promise<string> {
    const agency = await tx.agency.findUnique({ where: { code }, select: { id: true } });
    if (!agency) throw new DomainError('agency-not-found', `There is no agency ${code}.`);
    return agency.id;
  }
}
