import { Injectable, Logger } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import { UnitOfWork } from '#messaging';
import { EscalationRepository, type RaisedCase } from '../escalations/escalation.repository.js';
import { levelAbove } from '../sweep/audience.js';
import { HandOver, type Debt } from '../reassignments/hand-over.js';
import { HandOverRepository, type PassingDebt } from '../reassignments/hand-over.repository.js';
import { SettleObligation } from '../obligations/settle-obligation.js';
import { SweepRepository } from '../sweep/sweep.repository.js';
import type { Tx } from '../persistence/database.js';
import { AgencyRepository } from './agency.repository.js';
import { validAt } from './succession.js';

/** As it stands in the history of what the ended agency owed. */
const PASSED = 'passed to the successor';

/** The books that a succession is written in. */
@Injectable()
export class SuccessionLedger {
  constructor(
    readonly agencies: AgencyRepository,
    readonly debts: HandOverRepository,
    readonly escalations: EscalationRepository,
    readonly settling: SettleObligation,
    readonly plans: SweepRepository,
  ) {}
}

/**
 * From the day after its end, everything that an agency still owes is owed by its successor, also what was overdue before: each thing by its own
 * deadline, and once, so what the successor owes itself is not owed twice. Where there is no successor, it stays as it is and becomes a case for those
 * who can reassign or waive it.
 */
@Injectable()
export class PassOn {
  private readonly logger = new Logger(PassOn.name);

  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly ledger: SuccessionLedger,
    private readonly handing: HandOver,
    private readonly clock: Clock,
  ) {}

  /** Every agency that has ended by now. A repeated run finds nothing to do. @returns how much passed to a successor */
  async execute(): Promise<number> {
    const passed = await this.work.run((tx) => this.pass(tx, this.clock.now()));
    if (passed > 0) this.logger.log(`${String(passed)} obligations passed from ended agencies to their successors`);
    return passed;
  }

  /** The same in the caller's transaction. */
  async pass(tx: Tx, at: Temporal.Instant): Promise<number> {
    const today = localDate(at);
    const owed = await this.ledger.debts.owedByEnded(tx, today);
    if (owed.length === 0) return 0;
    const succession = await this.ledger.agencies.succession(tx);
    let passed = 0;
    const orphaned: PassingDebt[] = [];
    for (const one of owed) {
      const successor = validAt(one.debtorId, today, succession);
      if (successor === undefined) orphaned.push(one);
      else if (await this.passOne(tx, one, successor, at)) passed += 1;
    }
    await this.raise(tx, orphaned, at);
    return passed;
  }

  /** @returns false when somebody settled or moved it meanwhile */
  private async passOne(tx: Tx, owed: PassingDebt, successor: string, at: Temporal.Instant): Promise<boolean> {
    const debt = await this.handing.hold(tx, owed.id);
    if (debt.held.state !== 'open' || debt.held.debtorId !== owed.debtorId) return false;
    if (await this.endsHere(tx, debt, successor)) await this.ledger.settling.close(tx, debt.held, 'cancelled', PASSED, at);
    else await this.handing.execute(tx, debt, successor, { reason: PASSED, decision: owed.decision }, at);
    return true;
  }

  /** The successor owes the same report itself, or it is the one to whom this is owed: nobody owes to themselves. */
  private async endsHere(tx: Tx, debt: Debt, successor: string): Promise<boolean> {
    return successor === debt.held.creditorId || (await this.handing.owesTheSame(tx, successor, debt));
  }

  private async raise(tx: Tx, orphaned: readonly PassingDebt[], at: Temporal.Instant): Promise<void> {
    if (orphaned.length === 0) return;
    const plans = await this.ledger.plans.plans(tx);
    const cases = orphaned.flatMap(({ id, debtorId, planId }): RaisedCase[] => {
      const plan = plans.get(planId);
      const above = plan && levelAbove('standing-agency', { debtorId, ...plan });
      return above ? [{ level: above.level, agencyId: debtorId, obligationId: id, contactId: null }] : [];
    });
    await this.ledger.escalations.raise(tx, 'no-successor', cases, at);
  }
}
