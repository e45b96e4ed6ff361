import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type PayloadOf, type ReplyOf, type submitReport } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import { mustBeSeen, SettleObligation } from '../obligations/settle-obligation.js';
import type { Tx } from '../persistence/database.js';
import { isLate, ReportRepository } from './report.repository.js';

/** The agency hands its report in: what it owed is fulfilled, and nobody is chased for it any more. */
@Injectable()
export class SubmitReport {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly reports: ReportRepository,
    private readonly obligations: ObligationRepository,
    private readonly settling: SettleObligation,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `report-not-found`, `changed-meanwhile`, `report-already-submitted`, `obligation-settled` */
  execute(input: PayloadOf<typeof submitReport>, message: Message): Promise<ReplyOf<typeof submitReport>> {
    return this.work.once(message, async (tx) => {
      const report = await this.reports.hold(tx, input.reportId);
      mustBeSeen('report', report, input.seenVersion);
      if (report.state === 'submitted' || report.state === 'accepted') {
        throw new DomainError(
          'report-already-submitted',
          `This report is ${report.state} already. The receiver can return it, and then it can be submitted again.`,
        );
      }
      const at = this.clock.now();
      const held = await this.obligations.hold(tx, report.obligationId);
      if (held.state !== 'open')
        throw new DomainError('obligation-settled', `This report is no longer owed: its obligation is ${held.state}.`);
      const version = await this.reports.move(tx, report.id, {
        state: 'submitted',
        submittedAt: at,
        note: input.note,
        returnedReason: null,
      });
      await this.settling.close(tx, held, 'fulfilled', 'submitted', at);
      return { reportId: report.id, state: 'submitted', version, at: at.toString(), late: isLate(at, held.overdueAt, at) };
    });
  }
}
