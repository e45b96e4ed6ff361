import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type acceptReport, type PayloadOf, type ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import { mustBeSeen } from '../obligations/settle-obligation.js';
import type { Tx } from '../persistence/database.js';
import { isLate, ReportRepository } from './report.repository.js';

/** The receiver takes a report as it is. */
@Injectable()
export class AcceptReport {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly reports: ReportRepository,
    private readonly obligations: ObligationRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `report-not-found`, `changed-meanwhile`, `report-already-accepted`, `report-not-submitted` */
  execute(input: PayloadOf<typeof acceptReport>, message: Message): Promise<ReplyOf<typeof acceptReport>> {
    return this.work.once(message, async (tx) => {
      const report = await this.reports.hold(tx, input.reportId);
      mustBeSeen('report', report, input.seenVersion);
      if (report.state === 'accepted') throw new DomainError('report-already-accepted', 'This report has been accepted already.');
      if (report.state !== 'submitted')
        throw new DomainError('report-not-submitted', `Only a submitted report can be accepted; this one is ${report.state}.`);
      const at = this.clock.now();
      const { overdueAt } = await this.obligations.hold(tx, report.obligationId);
      const version = await this.reports.move(tx, report.id, { state: 'accepted' });
      await this.obligations.tell(tx, [{ obligationId: report.obligationId, at, what: 'accepted' }]);
      return { reportId: report.id, state: 'accepted', version, at: at.toString(), late: isLate(report.submittedAt, overdueAt, at) };
    });
  }
}
