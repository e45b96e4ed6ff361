import { Injectable, Logger } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import { UnitOfWork } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';
import { SweepRepository } from '../sweep/sweep.repository.js';
import { lateAgenciesKey } from './document.js';
import { DocumentRepository } from './document.repository.js';
import { lastQuarter, lateAgenciesOf, listedOn } from './late-agencies.js';

/**
 * Every three months the agencies that are late, as a list that a person publishes (the rhythm of Hanoi's task force). On the first working day after a
 * quarter, or on a later one when that was missed. A plan with nothing due in the quarter gets none. Nobody is written to; the weekly digest says that
 * it waits.
 */
@Injectable()
export class PrepareQuarterlyLists {
  private readonly logger = new Logger(PrepareQuarterlyLists.name);

  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly ledger: SweepRepository,
    private readonly documents: DocumentRepository,
    private readonly rules: RuleFiles,
    private readonly clock: Clock,
  ) {}

  /** Repeated, it finds nothing to do: one list for each plan and quarter. @returns how many lists are new */
  async execute(): Promise<number> {
    const now = this.clock.now();
    const today = localDate(now);
    const quarter = lastQuarter(today);
    const { calendar } = this.rules;
    if (!calendar.isWorkingDay(today) || Temporal.PlainDate.compare(today, listedOn(quarter, calendar)) < 0) return 0;
    return this.work.run(async (tx) => {
      let prepared = 0;
      for (const planId of (await this.ledger.plans(tx)).keys()) {
        const key = lateAgenciesKey(planId, quarter.key);
        if (await this.documents.isThere(tx, key)) continue;
        const owed = await this.documents.owedIn(tx, planId, quarter);
        if (owed.length === 0) continue;
        const content = lateAgenciesOf(quarter, owed, now, calendar);
        if (!(await this.documents.prepare(tx, { planId, key, content }, now))) continue;
        prepared += 1;
        this.logger.log(`Prepared the list of late agencies of ${quarter.key}`, { planId, late: content.agencies.late });
      }
      return prepared;
    });
  }
}
