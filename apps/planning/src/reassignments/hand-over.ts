import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import type { HeldObligation } from '../obligations/obligation.js';
import { HandOverRepository, type OwedReportRow } from './hand-over.repository.js';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import { SettleObligation } from '../obligations/settle-obligation.js';

/** Something owed, locked together with the report that fulfils it. */
export interface Debt {
  readonly held: HeldObligation;
  readonly report: OwedReportRow | null;
}

export interface Because {
  readonly reason: string;
  /** Number of the decision; null where there is none. */
  readonly decision: string | null;
}

/** Another agency owes a thing: what reassignment and succession have in common. In the caller's transaction. */
@Injectable()
export class HandOver {
  constructor(
    private readonly debts: HandOverRepository,
    private readonly obligations: ObligationRepository,
    private readonly settling: SettleObligation,
    private readonly history: HistoryRepository,
  ) {}

  /** @throws DomainError `obligation-not-found` */
  async hold(tx: Tx, obligationId: string): Promise<Debt> {
    const report = await this.debts.lockReport(tx, obligationId);
    return { report, held: await this.obligations.hold(tx, obligationId) };
  }

  /** Whether an agency owes the same report already, so that it cannot take over another of it. */
  async owesTheSame(tx: Tx, agencyId: string, { report }: Debt): Promise<boolean> {
    return report !== null && (await this.debts.owes(tx, agencyId, report));
  }

  /** @returns the obligation's new version */
  async execute(tx: Tx, { held, report }: Debt, toId: string, because: Because, at: Temporal.Instant): Promise<number> {
    const version = await this.settling.reassign(tx, held, toId, because, at);
    if (report) await this.debts.moveReport(tx, report.id, toId);
    const { reason, decision } = because;
    const line = { subject: 'agency' as const, at, reason };
    const detail = { obligationId: held.id, fromId: held.debtorId, toId, decision };
    await this.history.tell(tx, [
      { ...line, subjectId: held.debtorId, what: 'obligation-passed-on', detail },
      { ...line, subjectId: toId, what: 'obligation-taken-over', detail },
    ]);
    return version;
  }
}
