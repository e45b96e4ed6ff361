import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type PayloadOf, type ReplyOf, type saveReportDraft } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import { judgedAt } from '../obligations/standstill.js';
import type { Tx } from '../persistence/database.js';
import { isEditable, isLate, mustFit } from './report.js';
import { ReportRepository } from './report.repository.js';

/** The agency keeps what it has written so far. */
@Injectable()
export class SaveReportDraft {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly reports: ReportRepository,
    private readonly obligations: ObligationRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Figures replace those that were kept; they may be incomplete, but what is there fits the form.
   * @throws DomainError `report-not-found`, `changed-meanwhile`, `report-not-editable`, `figures-invalid`
   */
  execute(input: PayloadOf<typeof saveReportDraft>, message: Message): Promise<ReplyOf<typeof saveReportDraft>> {
    return this.work.once(message, async (tx) => {
      const report = await this.reports.hold(tx, input.reportId);
      mustBeSeen('report', report, input.seenVersion);
      if (!isEditable(report.state)) {
        throw new DomainError(
          'report-not-editable',
          `This report is ${report.state} and stays as it was handed in. The receiver can return it, and a closed one can be revised.`,
        );
      }
      if (input.figures !== undefined) mustFit(report.form, input.figures, 'draft');
      const at = this.clock.now();
      const { overdueAt, heldSince } = await this.obligations.hold(tx, report.obligationId);
      const version = await this.reports.move(tx, report.id, { state: report.state, note: input.note, figures: input.figures });
      await this.reports.tell(tx, { reportId: report.id, at, what: 'draft-saved', detail: { edition: report.edition } });
      const submittedAt = report.revisedReason === null ? null : report.submittedAt;
      return {
        reportId: report.id,
        state: report.state,
        version,
        at: at.toString(),
        late: isLate(submittedAt, overdueAt, judgedAt(at, heldSince)),
      };
    });
  }
}
