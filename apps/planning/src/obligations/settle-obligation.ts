import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { localDate, resolveDeadline, type DeadlineWord } from '#calendar';
import { DomainError, obligationsSettled, type ExtensionGround } from '#contracts';
import { steps } from '#ladder';
import { Outbox } from '#messaging';
import { DocumentRepository } from '../documents/document.repository.js';
import { EscalationRepository } from '../escalations/escalation.repository.js';
import { ExtensionRepository } from '../extensions/extension.repository.js';
import type { Tx } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';
import type { HeldObligation, NextGeneration, Supersession } from './obligation.js';
import { ObligationRepository } from './obligation.repository.js';
import { deadlineAfter, judgedAt } from './standstill.js';

/** A deadline as somebody set it. */
interface NewDeadline {
  readonly word: DeadlineWord;
  readonly date: Temporal.PlainDate;
}

/** More time, and on what ground: force majeure (a decision says so) is counted apart from ordinary extensions. */
export interface Prolongation {
  readonly deadline: NewDeadline;
  readonly ground: ExtensionGround;
  /** Number of the decision; null where there is none. */
  readonly decision: string | null;
  readonly reason: string;
}

interface Moved {
  readonly version: number;
  readonly dueOn: Temporal.PlainDate;
}

/**
 * What every end and every new beginning of an obligation has in common: its pending steps are superseded, its cases resolved, an item for
 * the city office's list that nobody sent is discarded, a question for more time that nobody answered is withdrawn, its history told, and notifications hears of it so that mail which has not left says nothing that is no
 * longer true. All in the caller's transaction.
 */
@Injectable()
export class SettleObligation {
  constructor(
    private readonly obligations: ObligationRepository,
    private readonly escalations: EscalationRepository,
    private readonly extensions: ExtensionRepository,
    private readonly documents: DocumentRepository,
    private readonly rules: RuleFiles,
    private readonly outbox: Outbox,
  ) {}

  /** What stands still under a suspension is judged as if it went on tomorrow. @returns the new version, and by when it was due */
  async close(
    tx: Tx,
    held: HeldObligation,
    outcome: 'fulfilled' | 'waived' | 'cancelled',
    reason: string,
    at: Temporal.Instant,
  ): Promise<Moved & { overdueAt: Temporal.Instant }> {
    await this.obligations.supersede(tx, held.id, outcome, at);
    const moved = deadlineAfter(held, localDate(at).add({ days: 1 }), this.rules.calendar);
    if (moved) await this.obligations.moveDeadline(tx, held.id, moved);
    const { dueOn, overdueAt } = moved ?? held;
    const version = await this.obligations.settle(tx, { ...held, overdueAt }, outcome, reason, at);
    await this.endCases(tx, held, outcome, at);
    const detail = moved ? { from: held.dueOn.toString(), to: dueOn.toString() } : {};
    await this.obligations.tell(tx, [{ obligationId: held.id, at, what: outcome, reason, detail }]);
    await this.outbox.publish(tx, obligationsSettled, { obligationIds: [held.id], outcome, at: at.toString() });
    return { version, dueOn, overdueAt };
  }

  /**
   * Sent back: owed again, by another day. The on-time figures stay those of what was sent back.
   * @throws DomainError `deadline-passed` when the new due day is over already
   */
  async reopen(
    tx: Tx,
    held: HeldObligation,
    deadline: NewDeadline,
    cause: 'returned' | 'included',
    reason: string,
    at: Temporal.Instant,
  ): Promise<Moved> {
    const moment = this.resolve(held, deadline);
    mustLieAhead(moment, at);
    const version = await this.begin(tx, held, { deadline: { ...deadline, ...moment, ordinary: false } }, cause, at);
    await this.tellMoved(tx, held, moment.dueOn, { what: cause, reason, detail: {} }, at);
    return { version, dueOn: moment.dueOn };
  }

  /**
   * What the thing is owed for takes place on another day, so this is due by another day too, also an earlier one. It may have been settled: then it is
   * owed again. The second on-time figure follows, as the debtor did not ask for it.
   */
  async reschedule(tx: Tx, held: HeldObligation, deadline: NewDeadline, reason: string, at: Temporal.Instant): Promise<Moved> {
    const moment = this.resolve(held, deadline);
    const version = await this.begin(tx, held, { deadline: { ...deadline, ...moment, ordinary: true } }, 'rescheduled', at);
    await this.tellMoved(tx, held, moment.dueOn, { what: 'rescheduled', reason, detail: {} }, at);
    await this.outbox.publish(tx, obligationsSettled, { obligationIds: [held.id], outcome: 'rescheduled', at: at.toString() });
    return { version, dueOn: moment.dueOn };
  }

  /**
   * More time, before the deadline or after it: the ladder begins anew.
   * @throws DomainError `deadline-not-later`, `deadline-passed`, `decision-missing` when force majeure has none
   */
  async extend(tx: Tx, held: HeldObligation, { deadline, ground, decision, reason }: Prolongation, at: Temporal.Instant): Promise<Moved> {
    if (ground === 'force-majeure' && decision === null)
      throw new DomainError('decision-missing', 'Force majeure needs the number of the decision that states it.');
    const moment = this.mustProlong(held, deadline, at);
    const version = await this.begin(tx, held, { deadline: { ...deadline, ...moment, ordinary: ground === 'ordinary' } }, 'extended', at);
    await this.tellMoved(
      tx,
      held,
      moment.dueOn,
      { what: 'extended', reason, detail: { ground, ...(decision === null ? {} : { decision }) } },
      at,
    );
    await this.outbox.publish(tx, obligationsSettled, { obligationIds: [held.id], outcome: 'extended', at: at.toString() });
    return { version, dueOn: moment.dueOn };
  }

  /**
   * The moment that a later deadline comes to. "Before the 18th" says no more than "no later than the 17th": what counts is the day it comes to.
   * @throws DomainError `deadline-not-later`, `deadline-passed`
   */
  mustProlong(held: HeldObligation, deadline: NewDeadline, at: Temporal.Instant): ReturnType<typeof resolveDeadline> {
    const moment = this.resolve(held, deadline);
    if (Temporal.PlainDate.compare(moment.dueOn, held.dueOn) <= 0)
      throw new DomainError('deadline-not-later', `An extension needs a day after the present deadline ${held.dueOn.toString()}.`);
    mustLieAhead(moment, at);
    return moment;
  }

  /**
   * Another agency owes it from now on, by the same deadline. What the old debtor was told is told the new one as far as it still is to come; of
   * what is overdue the last rung at once.
   * @param by why, and the decision behind it
   */
  async reassign(
    tx: Tx,
    held: HeldObligation,
    toId: string,
    by: { reason: string; decision: string | null },
    at: Temporal.Instant,
  ): Promise<number> {
    const version = await this.begin(tx, held, { debtorId: toId }, 'reassigned', at);
    const detail = { fromId: held.debtorId, toId, ...(by.decision === null ? {} : { decision: by.decision }) };
    await this.obligations.tell(tx, [{ obligationId: held.id, at, what: 'reassigned', reason: by.reason, detail }]);
    await this.outbox.publish(tx, obligationsSettled, { obligationIds: [held.id], outcome: 'reassigned', at: at.toString() });
    return version;
  }

  private resolve(held: HeldObligation, deadline: NewDeadline): ReturnType<typeof resolveDeadline> {
    return resolveDeadline(
      { ...deadline, roll: held.rollPolicy, officeHourCutoff: held.officeHourCutoff ?? undefined },
      this.rules.calendar,
    );
  }

  private async begin(
    tx: Tx,
    held: HeldObligation,
    next: Omit<NextGeneration, 'steps'>,
    cause: Extract<Supersession, 'extended' | 'returned' | 'included' | 'reassigned' | 'rescheduled'>,
    at: Temporal.Instant,
  ): Promise<number> {
    await this.obligations.supersede(tx, held.id, cause, at);
    // By the same deadline, while it stands still: what would have been told since is still to come.
    const planned = steps(held.ladder, next.deadline ?? held, next.deadline ? at : judgedAt(at, held.heldSince), this.rules.calendar);
    const version = await this.obligations.nextGeneration(tx, held, { ...next, steps: planned }, at);
    await this.endCases(tx, held, cause, at);
    return version;
  }

  /** Its cases, the item that waits to be sent, and the question for more time that is open: nobody has to answer it any more. */
  private async endCases(tx: Tx, held: HeldObligation, cause: Supersession, at: Temporal.Instant): Promise<void> {
    await this.documents.overtake(tx, held.id, cause, at);
    await this.escalations.resolveOf(tx, held.id, cause, at);
    const owedAnswer = await this.extensions.overtake(tx, held.id, cause, at);
    if (owedAnswer === null) return;
    const answer = await this.obligations.hold(tx, owedAnswer);
    if (answer.state === 'open') await this.close(tx, answer, 'cancelled', `the question is settled: ${cause}`, at);
  }

  private tellMoved(
    tx: Tx,
    held: HeldObligation,
    dueOn: Temporal.PlainDate,
    told: { what: string; reason: string; detail: Readonly<Record<string, string>> },
    at: Temporal.Instant,
  ): Promise<void> {
    const detail = { from: held.dueOn.toString(), to: dueOn.toString(), ...told.detail };
    return this.obligations.tell(tx, [{ obligationId: held.id, at, what: told.what, reason: told.reason, detail }]);
  }
}

/** @throws DomainError `deadline-passed` */
function mustLieAhead({ dueOn, overdueAt }: ReturnType<typeof resolveDeadline>, at: Temporal.Instant): void {
  if (overdueAt.epochMilliseconds <= at.epochMilliseconds)
    throw new DomainError('deadline-passed', `The new deadline ${dueOn.toString()} is over already; choose a later day.`);
}

/** @throws DomainError `obligation-settled` */
export function mustBeOwed({ state }: Pick<HeldObligation, 'state'>): void {
  if (state !== 'open') throw new DomainError('obligation-settled', `Nothing is owed any more: the obligation is ${state}.`);
}
