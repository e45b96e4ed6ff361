import { Injectable } from '@nestjs/common';
import { dateToPlain, plainToDate, toDate, toInstant } from '#calendar';
import { Database, type Tx } from '../persistence/database.js';
import type { DossierDecision } from './dossier-decision.js';

@Injectable()
export class DossierDecisionRepository {
  constructor(private readonly database: Database) {}

  /** Adds the decision, or replaces it when `decision.version` is higher than the stored one. Safe when two replicas do so at once. */
  async keepNewest(tx: Tx, decision: DossierDecision): Promise<void> {
    const { dossierId, ...fields } = {
      ...decision,
      approvedOn: decision.approvedOn && plainToDate(decision.approvedOn),
      decidedAt: toDate(decision.decidedAt),
    };
    const { count } = await tx.dossierDecision.createMany({ data: [{ dossierId, ...fields }], skipDuplicates: true });
    if (count === 0) await tx.dossierDecision.updateMany({ where: { dossierId, version: { lt: decision.version } }, data: fields });
  }

  async find(dossierId: string): Promise<DossierDecision | undefined> {
    const row = await this.database.dossierDecision.findUnique({ where: { dossierId } });
    if (!row) return undefined;
    return {
      ...row,
      outcome: row.outcome as DossierDecision['outcome'],
      approvedOn: row.approvedOn && dateToPlain(row.approvedOn),
      decidedAt: toInstant(row.decidedAt),
    };
  }
}
