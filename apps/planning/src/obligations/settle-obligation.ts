import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { resolveDeadline, type DeadlineWord } from '#calendar';
import { DomainError, obligationsSettled } from '#contracts';
import { steps } from '#ladder';
import { Outbox } from '#messaging';
import { EscalationRepository } from '../escalations/escalation.repository.js';
import type { Tx } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';
import type { HeldObligation, Supersession } from './obligation.js';
import { ObligationRepository } from './obligation.repository.js';

/**
 * What every end and every new beginning of an obligation has in common: its pending steps are superseded, its cases resolved, its history told, and
 * notifications hears of it so that mail which has not left says nothing that is no longer true. All in the caller's transaction.
 */
@Injectable()
export class SettleObligation {
  constructor(
    private readonly obligations: ObligationRepository,
    private readonly escalations: EscalationRepository,
    private readonly rules: RuleFiles,
    private readonly outbox: Outbox,
  ) {}

  /** @returns the obligation's new version */
  async close(
    tx: Tx,
    held: HeldObligation,
    outcome: 'fulfilled' | 'waived' | 'cancelled',
    reason: string,
    at: Temporal.Instant,
  ): Promise<number> {
    await this.obligations.supersede(tx, held.id, outcome, at);
    const version = await this.obligations.settle(tx, held.id, outcome, reason, at);
    await this.escalations.resolveOf(tx, held.id, outcome, at);
    await this.obligations.tell(tx, [{ obligationId: held.id, at, what: outcome, reason }]);
    await this.outbox.publish(tx, obligationsSettled, { obligationIds: [held.id], outcome, at: at.toString() });
    return version;
  }

  /**
   * Owed again, by another day: the next generation of the ladder.
   * @throws DomainError `deadline-passed` when the new due day is over already
   */
  async reopen(
    tx: Tx,
    held: HeldObligation,
    deadline: { readonly word: DeadlineWord; readonly date: Temporal.PlainDate },
    cause: Extract<Supersession, 'extended' | 'returned'>,
    reason: string,
    at: Temporal.Instant,
  ): Promise<{ version: number; dueOn: Temporal.PlainDate }> {
    const { dueOn, overdueAt } = resolveDeadline(
      { ...deadline, roll: held.rollPolicy, officeHourCutoff: held.officeHourCutoff ?? undefined },
      this.rules.calendar,
    );
    if (overdueAt.epochMilliseconds <= at.epochMilliseconds) {
      throw new DomainError('deadline-passed', `The new deadline ${dueOn.toString()} is over already; choose a later day.`);
    }
    await this.obligations.supersede(tx, held.id, cause, at);
    const version = await this.obligations.nextGeneration(
      tx,
      held,
      {
        deadlineWord: deadline.word,
        deadlineDate: deadline.date,
        dueOn,
        overdueAt,
        steps: steps(held.ladder, { dueOn, overdueAt }, at, this.rules.calendar),
      },
      at,
    );
    await this.escalations.resolveOf(tx, held.id, cause, at);
    await this.obligations.tell(tx, [
      { obligationId: held.id, at, what: cause, reason, detail: { from: held.dueOn.toString(), to: dueOn.toString() } },
    ]);
    if (cause === 'extended')
      await this.outbox.publish(tx, obligationsSettled, { obligationIds: [held.id], outcome: 'extended', at: at.toString() });
    return { version, dueOn };
  }
}

/**
 * Two people at once: one wins, the other is told.
 * @throws DomainError `changed-meanwhile`
 */
export function mustBeSeen(
  thing: string,
  current: { readonly version: number; readonly state: string },
  seenVersion: number | undefined,
): void {
  if (seenVersion === undefined || seenVersion === current.version) return;
  throw new DomainError(
    'changed-meanwhile',
    `Somebody changed this ${thing} meanwhile: you saw version ${String(seenVersion)}, now it is version ${String(current.version)} and ${current.state}. Read it again.`,
    [{ seenVersion, version: current.version, state: current.state }],
  );
}
