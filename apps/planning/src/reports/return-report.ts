import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock } from '#calendar';
import { DomainError, type PayloadOf, type ReplyOf, type returnReport } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import { RecordConsolidation } from '../consolidations/record-consolidation.js';
import type { Tx } from '../persistence/database.js';
import { OweAgain } from './owe-again.js';
import type { HeldReport } from './report.js';
import { ReportRepository } from './report.repository.js';

/**
 * The receiver sends a report back with a reason: it is owed again, and chased again. What was consolidated already leaves the consolidation until it is
 * handed in and accepted anew (Circular 08/2019/TT-BTP).
 */
@Injectable()
export class ReturnReport {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly reports: ReportRepository,
    private readonly consolidating: RecordConsolidation,
    private readonly owing: OweAgain,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `report-not-found`, `changed-meanwhile`, `report-not-submitted`, `already-consolidated`, `deadline-passed` */
  execute(input: PayloadOf<typeof returnReport>, message: Message): Promise<ReplyOf<typeof returnReport>> {
    return this.work.once(message, async (tx) => {
      const report = await this.reports.hold(tx, input.reportId);
      mustBeSeen('report', report, input.seenVersion);
      mustBeReturnable(report);
      const at = this.clock.now();
      if (report.state === 'consolidated') await this.consolidating.takeOut(tx, report.id);
      // A new edition of what was closed is owed to nobody, so nobody is chased for its correction.
      if (report.revisedReason === null) {
        const on = input.resubmitOn === undefined ? undefined : Temporal.PlainDate.from(input.resubmitOn);
        await this.owing.execute(tx, report.obligationId, { cause: 'returned', reason: input.reason, on, at });
      }
      const edition = report.edition + 1;
      const version = await this.reports.move(tx, report.id, { state: 'returned', returnedReason: input.reason, edition });
      await this.reports.tell(tx, { reportId: report.id, at, what: 'returned', reason: input.reason, detail: { edition } });
      return { reportId: report.id, state: 'returned', version, at: at.toString(), late: false };
    });
  }
}

function mustBeReturnable({ state }: HeldReport): void {
  if (state === 'submitted' || state === 'consolidated') return;
  throw new DomainError(
    'report-not-submitted',
    `Only a report that is submitted or consolidated can be returned; this one is ${state}.${state === 'closed' ? ' Its agency can revise it.' : ''}`,
  );
}
