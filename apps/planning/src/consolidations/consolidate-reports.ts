import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { type consolidateReports, type PayloadOf, type ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { ReportRepository } from '../reports/report.repository.js';
import { RecordConsolidation } from './record-consolidation.js';

/** The superior puts together what has been accepted so far. May be repeated until the report is handed in. */
@Injectable()
export class ConsolidateReports {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly reports: ReportRepository,
    private readonly recording: RecordConsolidation,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `report-not-found`, `changed-meanwhile`, `consolidates-nothing`, `consolidation-closed` */
  execute(input: PayloadOf<typeof consolidateReports>, message: Message): Promise<ReplyOf<typeof consolidateReports>> {
    return this.work.once(message, async (tx) => {
      const upward = await this.reports.hold(tx, input.upwardReportId);
      mustBeSeen('report', upward, input.seenVersion);
      await this.recording.mustBeOpen(tx, upward);
      const at = this.clock.now();
      const counts = await this.recording.execute(tx, upward.id, message.actor, at);
      const version = await this.reports.move(tx, upward.id, { state: upward.state });
      await this.reports.tell(tx, { reportId: upward.id, at, what: 'inputs-consolidated', detail: counts });
      return { upwardReportId: upward.id, state: upward.state, version, at: at.toString(), ...counts };
    });
  }
}
