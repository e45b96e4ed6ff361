import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { owedAgainOn } from '../obligations/obligation.js';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import { SettleObligation } from '../obligations/settle-obligation.js';
import type { Tx } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';

/**
 * Working days an agency has for what is owed again unless somebody says otherwise; whoever was early keeps the first deadline. An assumption: no
 * decision states it.
 */
const TO_CORRECT = 3;

/** A report is owed again: the next generation of its obligation. In the transaction of a caller who holds the report. */
@Injectable()
export class OweAgain {
  constructor(
    private readonly obligations: ObligationRepository,
    private readonly settling: SettleObligation,
    private readonly rules: RuleFiles,
  ) {}

  /**
   * @param again `on`: the last day for it; without one the later of its deadline and three working days from now
   * @throws DomainError `deadline-passed`
   */
  async execute(
    tx: Tx,
    obligationId: string,
    again: { cause: 'returned' | 'included'; reason: string; on?: Temporal.PlainDate | undefined; at: Temporal.Instant },
  ): Promise<void> {
    const held = await this.obligations.hold(tx, obligationId);
    const date = again.on ?? owedAgainOn(held, TO_CORRECT, again.at, this.rules.calendar);
    await this.settling.reopen(tx, held, { word: 'NO_LATER_THAN', date }, again.cause, again.reason, again.at);
  }
}
