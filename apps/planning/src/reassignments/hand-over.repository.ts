import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { plainToDate } from '#calendar';
import type { Tx } from '../persistence/database.js';

/** The report behind an obligation, as far as it says who owes it. */
export interface OwedReportRow {
  readonly id: string;
  readonly requirementId: string;
  readonly periodKey: string;
}

/** Something that an ended agency still owes. */
export interface PassingDebt {
  readonly id: string;
  readonly debtorId: string;
  readonly planId: string;
  /** The decision that ended the agency; null where none is on record. */
  readonly decision: string | null;
}

/** Who owes what, when that changes. */
@Injectable()
export class HandOverRepository {
  /** Locks the report that fulfils an obligation, if one does. Before the obligation itself, as those do who submit it. */
  async lockReport(tx: Tx, obligationId: string): Promise<OwedReportRow | null> {
    await tx.$queryRaw`SELECT id FROM report WHERE obligation_id = ${obligationId}::uuid FOR NO KEY UPDATE`;
    return tx.report.findUnique({ where: { obligationId }, select: { id: true, requirementId: true, periodKey: true } });
  }

  /** Whether an agency has a report of its own for the same requirement and period. */
  async owes(tx: Tx, agencyId: string, { requirementId, periodKey }: OwedReportRow): Promise<boolean> {
    return (await tx.report.count({ where: { requirementId, periodKey, agencyId } })) > 0;
  }

  async moveReport(tx: Tx, id: string, agencyId: string): Promise<void> {
    await tx.report.update({ where: { id }, data: { agencyId, version: { increment: 1 } } });
  }

  /**
   * Everything that agencies owe which ended before a day, in the order in which it is to be locked: an answer to a question for more time after the
   * thing that the question is about.
   */
  owedByEnded(tx: Tx, today: Temporal.PlainDate): Promise<PassingDebt[]> {
    return tx.$queryRawUnsafe<PassingDebt[]>(
      `SELECT o.id, o.debtor_id AS "debtorId", o.plan_id AS "planId", a.end_decision AS decision FROM agency a JOIN obligation o ON o.debtor_id = a.id AND o.state = 'open'
       WHERE a.valid_to < $1::date ORDER BY (o.kind = 'extension-answer'), o.id`,
      plainToDate(today),
    );
  }
}
