import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import { DomainError, type PayloadOf, type ReplyOf, type returnReport } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import { mustBeSeen, SettleObligation } from '../obligations/settle-obligation.js';
import type { Tx } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';
import { ReportRepository } from './report.repository.js';

/**
 * Working days an agency has for the correction unless the receiver says otherwise; whoever was early keeps the first deadline. An assumption: no
 * decision states it.
 */
const TO_CORRECT = 3;

/** The receiver sends a report back with a reason: it is owed again, and chased again. */
@Injectable()
export class ReturnReport {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly reports: ReportRepository,
    private readonly obligations: ObligationRepository,
    private readonly settling: SettleObligation,
    private readonly rules: RuleFiles,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `report-not-found`, `changed-meanwhile`, `report-not-submitted`, `deadline-passed` */
  execute(input: PayloadOf<typeof returnReport>, message: Message): Promise<ReplyOf<typeof returnReport>> {
    return this.work.once(message, async (tx) => {
      const report = await this.reports.hold(tx, input.reportId);
      mustBeSeen('report', report, input.seenVersion);
      if (report.state !== 'submitted')
        throw new DomainError('report-not-submitted', `Only a submitted report can be returned; this one is ${report.state}.`);
      const at = this.clock.now();
      const held = await this.obligations.hold(tx, report.obligationId);
      const date =
        input.resubmitOn === undefined
          ? later(this.rules.calendar.addWorkingDays(localDate(at), TO_CORRECT), held.dueOn)
          : Temporal.PlainDate.from(input.resubmitOn);
      await this.settling.reopen(tx, held, { word: 'NO_LATER_THAN', date }, 'returned', input.reason, at);
      const version = await this.reports.move(tx, report.id, { state: 'returned', returnedReason: input.reason });
      return { reportId: report.id, state: 'returned', version, at: at.toString(), late: false };
    });
  }
}

function later(one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(one, other) > 0 ? one : other;
}
