import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { resolveDeadline, type Deadline, type WorkingCalendar } from '#calendar';
import { steps, type Ladder } from '#ladder';
import type { Tx } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';
import type { NewObligation, OpenedObligation } from './obligation.js';
import { ObligationRepository } from './obligation.repository.js';

/** An obligation with its deadline resolved and all steps of its ladder. Pure. @throws CalendarYearMissingError */
export function withSteps(obligation: NewObligation, openedAt: Temporal.Instant, calendar: WorkingCalendar): OpenedObligation {
  const { dueOn, overdueAt } = resolveDeadline(obligation.deadline, calendar);
  return { obligation, dueOn, overdueAt, steps: steps(obligation.ladder, { dueOn, overdueAt }, openedAt, calendar) };
}

/** What a feature calls when somebody owes something: from here on it is chased. */
@Injectable()
export class OpenObligations {
  constructor(
    private readonly obligations: ObligationRepository,
    private readonly rules: RuleFiles,
  ) {}

  /**
   * In the caller's transaction. Ids come from the caller: opening what is open already does nothing.
   * @returns ids that are new. @throws CalendarYearMissingError
   */
  execute(tx: Tx, obligations: readonly NewObligation[], at: Temporal.Instant): Promise<Set<string>> {
    return this.obligations.open(
      tx,
      obligations.map((one) => withSteps(one, at, this.rules.calendar)),
      at,
    );
  }

  /** The day that a deadline comes to. @throws CalendarYearMissingError */
  dueOn(deadline: Deadline): Temporal.PlainDate {
    return resolveDeadline(deadline, this.rules.calendar).dueOn;
  }

  /** A ladder as the plan was imported with it. @throws Error when the plan has none of that name */
  async ladder(tx: Tx, planId: string, code = 'default'): Promise<Ladder> {
    const plan = await tx.plan.findUniqueOrThrow({ where: { id: planId }, select: { ladders: true } });
    const ladder = (plan.ladders as unknown as Readonly<Record<string, Ladder>>)[code];
    if (!ladder) throw new Error(`the plan ${planId} has no ladder ${code}`);
    return ladder;
  }
}
