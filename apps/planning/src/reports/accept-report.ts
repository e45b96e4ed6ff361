import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type acceptReport, type PayloadOf, type ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import { RecordConsolidation } from '../consolidations/record-consolidation.js';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import type { Tx } from '../persistence/database.js';
import { isLate, type HeldReport } from './report.js';
import { ReportRepository } from './report.repository.js';

/** The receiver takes a report as it is. With a consolidated report, what is in it is closed as well. */
@Injectable()
export class AcceptReport {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly reports: ReportRepository,
    private readonly consolidating: RecordConsolidation,
    private readonly obligations: ObligationRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `report-not-found`, `changed-meanwhile`, `report-already-accepted`, `report-not-submitted` */
  execute(input: PayloadOf<typeof acceptReport>, message: Message): Promise<ReplyOf<typeof acceptReport>> {
    return this.work.once(message, async (tx) => {
      const report = await this.reports.hold(tx, input.reportId);
      mustBeSeen('report', report, input.seenVersion);
      mustBeSubmitted(report);
      const at = this.clock.now();
      // Where it goes up further, it waits for that consolidation.
      const place = await this.consolidating.placeOf(tx, report.requirementId);
      if (place.consolidates) await this.consolidating.closeInputs(tx, report.id, at);
      const state = place.consolidates && !place.isInput ? 'closed' : 'accepted';
      const { overdueAt } = await this.obligations.hold(tx, report.obligationId);
      const version = await this.reports.move(tx, report.id, { state, revisedReason: null });
      await this.reports.tell(tx, { reportId: report.id, at, what: state, detail: { edition: report.edition } });
      await this.obligations.tell(tx, [{ obligationId: report.obligationId, at, what: 'accepted' }]);
      return { reportId: report.id, state, version, at: at.toString(), late: isLate(report.submittedAt, overdueAt, at) };
    });
  }
}

function mustBeSubmitted({ state }: HeldReport): void {
  if (state === 'submitted') return;
  if (state === 'accepted' || state === 'consolidated' || state === 'closed')
    throw new DomainError('report-already-accepted', `This report has been accepted already: it is ${state}.`);
  throw new DomainError('report-not-submitted', `Only a submitted report can be accepted; this one is ${state}.`);
}
