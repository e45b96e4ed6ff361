import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type PayloadOf, type ReplyOf, type reviseReport } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import type { Tx } from '../persistence/database.js';
import { isLate } from './report.js';
import { ReportRepository } from './report.repository.js';

/** After closing only a new edition: the old ones are kept (Circular 08/2019/TT-BTP). Nothing is owed again and nobody is chased for it. */
@Injectable()
export class ReviseReport {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly reports: ReportRepository,
    private readonly obligations: ObligationRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `report-not-found`, `changed-meanwhile`, `report-not-closed` */
  execute(input: PayloadOf<typeof reviseReport>, message: Message): Promise<ReplyOf<typeof reviseReport>> {
    return this.work.once(message, async (tx) => {
      const report = await this.reports.hold(tx, input.reportId);
      mustBeSeen('report', report, input.seenVersion);
      if (report.state !== 'closed') {
        throw new DomainError(
          'report-not-closed',
          `Only a closed report is revised; this one is ${report.state}. Until then it is written in its draft, or returned by the receiver.`,
        );
      }
      const at = this.clock.now();
      const { overdueAt } = await this.obligations.hold(tx, report.obligationId);
      const edition = report.edition + 1;
      const version = await this.reports.move(tx, report.id, {
        state: 'draft',
        edition,
        revisedReason: input.reason,
        returnedReason: null,
      });
      await this.reports.tell(tx, { reportId: report.id, at, what: 'revision-begun', reason: input.reason, detail: { edition } });
      return { reportId: report.id, state: 'draft', version, at: at.toString(), late: isLate(report.submittedAt, overdueAt, at) };
    });
  }
}
