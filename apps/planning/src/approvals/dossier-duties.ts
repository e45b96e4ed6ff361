import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { localDate, type Deadline } from '#calendar';
import { DomainError } from '#contracts';
import { owedAgainOn, type NewObligation } from '../obligations/obligation.js';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import { OpenObligations } from '../obligations/open-obligations.js';
import { SettleObligation } from '../obligations/settle-obligation.js';
import type { Tx } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';
import { stableId } from '../plans/stable-id.js';
import { AnnounceTasks } from '../tasks/announce-tasks.js';
import type { HeldDossier } from './dossier.js';
import { DossierRepository } from './dossier.repository.js';

/** Working days to hand a returned dossier in again, unless the approver says otherwise. An assumption: no decision states it. */
const TO_CORRECT = 5;

/**
 * What submitter and approver of a dossier owe each other, in the ledger: the submission by its day, and for each version that is handed in an answer.
 * In the caller's transaction, with the dossier held: its row is locked before its obligations.
 */
@Injectable()
export class DossierDuties {
  constructor(
    private readonly dossiers: DossierRepository,
    private readonly opening: OpenObligations,
    private readonly obligations: ObligationRepository,
    private readonly settling: SettleObligation,
    private readonly rules: RuleFiles,
    private readonly announcing: AnnounceTasks,
  ) {}

  /**
   * What is owed for a dossier as it is now: the submission of a draft that has a day for it, and again what was cancelled when the dossier left the
   * plan file. What is owed or settled otherwise stays as it is. @throws CalendarYearMissingError
   */
  async owe(tx: Tx, dossier: HeldDossier, at: Temporal.Instant): Promise<void> {
    const { state, submitBy } = dossier;
    if (state === 'approved' || state === 'withdrawn') return;
    const id = state === 'submitted' ? dossier.current.answerObligationId : dossier.submissionObligationId;
    if (id === null) {
      if (state === 'draft' && submitBy) await this.openSubmission(tx, dossier, submitBy, at);
      return;
    }
    const held = await this.obligations.hold(tx, id);
    if (held.state !== 'cancelled') return;
    const within = state === 'submitted' ? dossier.answerWithin : TO_CORRECT;
    await this.settling.reopen(tx, held, by(owedAgainOn(held, within, at, this.rules.calendar)), 'returned', 'back in the plan file', at);
  }

  /** Handed in: nothing is owed by the submitter, an answer by the approver. @returns the answer's obligation and its day */
  async submitted(tx: Tx, dossier: HeldDossier, at: Temporal.Instant): Promise<{ obligationId: string; dueOn: Temporal.PlainDate }> {
    await this.settle(tx, dossier.submissionObligationId, 'fulfilled', 'submitted', at);
    const id = stableId('approval-answer', dossier.id, String(dossier.current.number));
    const dueOn = this.rules.calendar.addWorkingDays(localDate(at), dossier.answerWithin);
    const number = String(dossier.current.number);
    await this.opening.execute(
      tx,
      [
        {
          ...(await this.common(tx, dossier)),
          id,
          kind: 'approval-answer',
          title: `Trả lời hồ sơ trình phê duyệt: ${dossier.title}`,
          titleEn: `Answer to the dossier for approval: ${dossier.titleEn}`,
          period: `lần ${number}`,
          periodEn: `version ${number}`,
          debtorId: dossier.answererId,
          creditorId: dossier.submitterId,
          deadline: by(dueOn),
        },
      ],
      at,
    );
    return { obligationId: id, dueOn };
  }

  /** The approver answered, one way or the other. */
  answered(tx: Tx, dossier: HeldDossier, reason: 'returned' | 'approved', at: Temporal.Instant): Promise<void> {
    return this.settle(tx, dossier.current.answerObligationId, 'fulfilled', reason, at);
  }

  /**
   * Returned: the submission is owed again, or for the first time where it had no day.
   * @returns its day. @throws DomainError `deadline-passed`
   */
  async oweAgain(
    tx: Tx,
    dossier: HeldDossier,
    resubmitBy: Temporal.PlainDate | undefined,
    remarks: string,
    at: Temporal.Instant,
  ): Promise<Temporal.PlainDate> {
    if (dossier.submissionObligationId === null) {
      const id = await this.openSubmission(tx, dossier, resubmitBy ?? this.rules.calendar.addWorkingDays(localDate(at), TO_CORRECT), at);
      const { dueOn, overdueAt } = await this.obligations.hold(tx, id);
      if (Temporal.Instant.compare(overdueAt, at) <= 0)
        throw new DomainError('deadline-passed', `The new deadline ${dueOn.toString()} is over already; choose a later day.`);
      return dueOn;
    }
    const held = await this.obligations.hold(tx, dossier.submissionObligationId);
    return (
      await this.settling.reopen(
        tx,
        held,
        by(resubmitBy ?? owedAgainOn(held, TO_CORRECT, at, this.rules.calendar)),
        'returned',
        remarks,
        at,
      )
    ).dueOn;
  }

  /** Nothing is owed for it any more. */
  async cancel(tx: Tx, dossier: HeldDossier, reason: string, at: Temporal.Instant): Promise<void> {
    await this.settle(tx, dossier.submissionObligationId, 'cancelled', reason, at);
    await this.settle(tx, dossier.current.answerObligationId, 'cancelled', reason, at);
  }

  /** What waits for it may begin, or has to wait now: other services hear of it (SEED-47). Call it last. */
  async tellWaiting(tx: Tx, dossierId: string): Promise<void> {
    await this.announcing.gatedBy(tx, dossierId);
  }

  private async openSubmission(tx: Tx, dossier: HeldDossier, date: Temporal.PlainDate, at: Temporal.Instant): Promise<string> {
    const id = stableId('approval-submission', dossier.id);
    await this.opening.execute(
      tx,
      [
        {
          ...(await this.common(tx, dossier)),
          id,
          kind: 'approval-submission',
          title: `Trình phê duyệt: ${dossier.title}`,
          titleEn: `Submission for approval: ${dossier.titleEn}`,
          period: `theo Kế hoạch ${dossier.planDocument}`,
          periodEn: `plan ${dossier.planDocument}`,
          debtorId: dossier.submitterId,
          creditorId: dossier.approverId,
          deadline: by(date),
        },
      ],
      at,
    );
    await this.dossiers.owes(tx, dossier.id, id);
    return id;
  }

  private async common(tx: Tx, dossier: HeldDossier): Promise<Pick<NewObligation, 'planId' | 'taskId' | 'window' | 'ladder'>> {
    const ladder = await this.opening.ladder(tx, dossier.planId, dossier.ladder);
    return { planId: dossier.planId, taskId: dossier.taskId, window: null, ladder };
  }

  private async settle(
    tx: Tx,
    obligationId: string | null,
    outcome: 'fulfilled' | 'cancelled',
    reason: string,
    at: Temporal.Instant,
  ): Promise<void> {
    if (obligationId === null) return;
    const held = await this.obligations.hold(tx, obligationId);
    if (held.state === 'open') await this.settling.close(tx, held, outcome, reason, at);
  }
}

const by = (date: Temporal.PlainDate): Deadline => ({ word: 'NO_LATER_THAN', date, roll: 'FORWARD' });
