import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type includeReport, type PayloadOf, type ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { OweAgain } from '../reports/owe-again.js';
import { ReportRepository } from '../reports/report.repository.js';
import { RecordConsolidation } from './record-consolidation.js';

/** The superior takes an exclusion back while the consolidation is open: what it waived is owed again, and chased again. */
@Injectable()
export class IncludeReport {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly reports: ReportRepository,
    private readonly recording: RecordConsolidation,
    private readonly owing: OweAgain,
    private readonly clock: Clock,
  ) {}

  /**
   * Owed again by the later of its deadline and three working days from now.
   * @throws DomainError `report-not-found`, `changed-meanwhile`, `consolidates-nothing`, `consolidation-closed`, `not-an-input`, `not-excluded`
   */
  execute(input: PayloadOf<typeof includeReport>, message: Message): Promise<ReplyOf<typeof includeReport>> {
    return this.work.once(message, async (tx) => {
      const upward = await this.reports.hold(tx, input.upwardReportId);
      mustBeSeen('report', upward, input.seenVersion);
      const found = await this.recording.holdInput(tx, upward, input.reportId);
      if (found.recorded?.standing !== 'excluded')
        throw new DomainError(
          'not-excluded',
          'This report was not left out of this consolidation. What was waived is owed again by a decision on its obligation.',
        );
      const report = await this.reports.hold(tx, input.reportId);
      const at = this.clock.now();
      await this.recording.mark(tx, upward.id, report.id, { what: 'included', reason: input.reason, actor: message.actor, at });
      if (report.state === 'excluded') {
        await this.owing.execute(tx, report.obligationId, { cause: 'included', reason: input.reason, at });
        await this.reports.move(tx, report.id, { state: report.returnedReason === null ? 'draft' : 'returned', excludedReason: null });
      }
      const version = await this.reports.move(tx, upward.id, { state: upward.state });
      return { upwardReportId: upward.id, reportId: report.id, version, at: at.toString() };
    });
  }
}
