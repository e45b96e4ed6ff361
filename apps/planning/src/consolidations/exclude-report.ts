import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type excludeReport, type PayloadOf, type ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import { SettleObligation } from '../obligations/settle-obligation.js';
import type { Tx } from '../persistence/database.js';
import { isEditable } from '../reports/report.js';
import { ReportRepository } from '../reports/report.repository.js';
import { standingNow } from './consolidation.js';
import { RecordConsolidation } from './record-consolidation.js';

/**
 * The superior leaves a report out, for a reason that stays on record (Circular 08/2019/TT-BTP). What has not been handed in is no longer owed, so
 * nobody is chased for it; what was handed in keeps its state and only its figures are left out.
 */
@Injectable()
export class ExcludeReport {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly reports: ReportRepository,
    private readonly recording: RecordConsolidation,
    private readonly obligations: ObligationRepository,
    private readonly settling: SettleObligation,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `report-not-found`, `changed-meanwhile`, `consolidates-nothing`, `consolidation-closed`, `not-an-input`, `already-excluded`
   */
  execute(input: PayloadOf<typeof excludeReport>, message: Message): Promise<ReplyOf<typeof excludeReport>> {
    const { reason } = input;
    return this.work.once(message, async (tx) => {
      const upward = await this.reports.hold(tx, input.upwardReportId);
      mustBeSeen('report', upward, input.seenVersion);
      const found = await this.recording.holdInput(tx, upward, input.reportId);
      const now = standingNow(found);
      if (now.standing === 'excluded') throw new DomainError('already-excluded', `This report is left out already: ${now.reason ?? ''}`);
      const report = await this.reports.hold(tx, input.reportId);
      const at = this.clock.now();
      await this.recording.mark(tx, upward.id, report.id, { what: 'excluded', reason, actor: message.actor, at });
      if (isEditable(report.state)) {
        const held = await this.obligations.hold(tx, report.obligationId);
        if (held.state === 'open') {
          await this.settling.close(tx, held, 'waived', reason, at);
          await this.reports.move(tx, report.id, { state: 'excluded', excludedReason: reason });
        }
      } else if (report.state === 'consolidated' && !found.isInAnother) {
        await this.reports.move(tx, report.id, { state: 'accepted' });
      }
      const version = await this.reports.move(tx, upward.id, { state: upward.state });
      return { upwardReportId: upward.id, reportId: report.id, version, at: at.toString() };
    });
  }
}
