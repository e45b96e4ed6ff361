import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type PayloadOf, type ReplyOf, type submitReport } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import { RecordConsolidation } from '../consolidations/record-consolidation.js';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import { mustBeOwed, SettleObligation } from '../obligations/settle-obligation.js';
import type { Tx } from '../persistence/database.js';
import { isEditable, isLate, mustFit, type HeldReport } from './report.js';
import { ReportRepository } from './report.repository.js';

/**
 * The agency hands its report in: what it owed is fulfilled, and nobody is chased for it any more. What was handed in is kept as an edition; a report
 * that consolidates others keeps how each of them stood.
 */
@Injectable()
export class SubmitReport {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly reports: ReportRepository,
    private readonly consolidating: RecordConsolidation,
    private readonly obligations: ObligationRepository,
    private readonly settling: SettleObligation,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `report-not-found`, `changed-meanwhile`, `report-already-submitted`, `report-excluded`, `figures-invalid`,
   * `obligation-settled`
   */
  execute(input: PayloadOf<typeof submitReport>, message: Message): Promise<ReplyOf<typeof submitReport>> {
    return this.work.once(message, async (tx) => {
      const report = await this.reports.hold(tx, input.reportId);
      mustBeSeen('report', report, input.seenVersion);
      mustBeUnsubmitted(report);
      const note = input.note ?? report.note;
      const figures = input.figures ?? report.figures;
      mustFit(report.form, figures, 'whole');
      const held = await this.obligations.hold(tx, report.obligationId);
      const owed = report.revisedReason === null;
      if (owed) mustBeOwed(held);
      // Read under the obligation's lock: whatever its ladder told before is older than this.
      const at = this.clock.now();
      await this.consolidating.execute(tx, report.id, message.actor, at);
      await this.reports.keepEdition(tx, report, { note, figures, submittedBy: message.actor, at });
      const version = await this.reports.move(tx, report.id, {
        state: 'submitted',
        note,
        figures,
        returnedReason: null,
        ...(owed ? { submittedAt: at } : {}),
      });
      await this.reports.tell(tx, {
        reportId: report.id,
        at,
        what: 'submitted',
        reason: report.revisedReason,
        detail: { edition: report.edition },
      });
      const { overdueAt } = owed ? await this.settling.close(tx, held, 'fulfilled', 'submitted', at) : held;
      const late = isLate(owed ? at : report.submittedAt, overdueAt, at);
      return { reportId: report.id, state: 'submitted', version, at: at.toString(), late };
    });
  }
}

function mustBeUnsubmitted({ state }: HeldReport): void {
  if (isEditable(state)) return;
  if (state === 'excluded') {
    throw new DomainError(
      'report-excluded',
      'This report was left out of the consolidation and is not owed. The superior can include it again.',
    );
  }
  const remedy =
    state === 'closed' ? 'Revise it to begin a new edition.' : 'The receiver can return it, and then it can be submitted again.';
  throw new DomainError('report-already-submitted', `This report is ${state} already. ${remedy}`);
}
