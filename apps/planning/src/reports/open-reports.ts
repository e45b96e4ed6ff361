import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { localDate, nominalDueDate, periodsBetween, plainToDate, resolveDeadline, type Deadline, type ReportingPeriod } from '#calendar';
import { steps, type Ladder } from '#ladder';
import { ObligationRepository, type OpenedObligation } from '../obligations/obligation.repository.js';
import type { Tx } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';
import { stableId } from '../plans/stable-id.js';
import { ReportRepository, type Requirement, type Reporter } from './report.repository.js';

/** One report that somebody owes, before it is written. */
export interface OwedReport {
  readonly requirement: Requirement;
  readonly period: ReportingPeriod;
  readonly agencyId: string;
  readonly opened: OpenedObligation;
}

/**
 * Generates report instances ahead of each period, for every agency that owes one (Circular 08/2019/TT-BTP's model: the system makes them, nobody
 * has to ask). A period is opened when its data window opens. Idempotent: ids follow from requirement, agency and period.
 */
@Injectable()
export class OpenReports {
  constructor(
    private readonly reports: ReportRepository,
    private readonly obligations: ObligationRepository,
    private readonly rules: RuleFiles,
  ) {}

  /** @returns how many reports were opened now. @throws CalendarYearMissingError */
  async openDue(tx: Tx, asOf: Temporal.Instant): Promise<number> {
    const today = localDate(asOf);
    const requirements = await this.reports.requirements(tx);
    const succession = await this.reports.succession(tx);
    const owed = requirements.flatMap((requirement) => this.owedUntil(requirement, succession, today, asOf));
    if (owed.length === 0) return 0;
    const fresh = await this.obligations.open(
      tx,
      owed.map((one) => one.opened),
      asOf,
    );
    const opened = owed.filter((one) => fresh.has(one.opened.obligation.id));
    await tx.report.createMany({
      data: opened.map(({ requirement, period, agencyId, opened: { obligation } }) => ({
        id: stableId('report', requirement.id, agencyId, period.key),
        requirementId: requirement.id,
        agencyId,
        periodKey: period.key,
        windowFrom: plainToDate(period.windowFrom),
        windowTo: plainToDate(period.windowTo),
        obligationId: obligation.id,
      })),
    });
    return opened.length;
  }

  /** Every report of a requirement, opened or not: what the forecast reads. */
  allOf(
    requirement: Requirement,
    succession: ReadonlyMap<string, Reporter>,
    openedAt: (period: ReportingPeriod) => Temporal.Instant,
  ): OwedReport[] {
    return periodsBetween(requirement.firstPeriod, requirement.lastPeriod).flatMap((period) =>
      this.owedFor(requirement, period, succession, openedAt(period)),
    );
  }

  private owedUntil(
    requirement: Requirement,
    succession: ReadonlyMap<string, Reporter>,
    today: Temporal.PlainDate,
    asOf: Temporal.Instant,
  ): OwedReport[] {
    return periodsBetween(requirement.firstPeriod, requirement.lastPeriod)
      .filter((period) => Temporal.PlainDate.compare(period.windowFrom, today) <= 0)
      .flatMap((period) => this.owedFor(requirement, period, succession, asOf));
  }

  private owedFor(
    requirement: Requirement,
    period: ReportingPeriod,
    succession: ReadonlyMap<string, Reporter>,
    openedAt: Temporal.Instant,
  ): OwedReport[] {
    const deadline: Deadline = { ...requirement.dueRule, date: nominalDueDate(period, requirement.dueRule.dayOfLastMonth) };
    const { dueOn, overdueAt } = resolveDeadline(deadline, this.rules.calendar);
    const debtors = new Set(requirement.reporterIds.map((id) => validAt(id, dueOn, succession)).filter((id) => id !== undefined));
    return [...debtors].map((agencyId) => ({
      requirement,
      period,
      agencyId,
      opened: {
        obligation: {
          id: stableId('obligation', requirement.id, agencyId, period.key),
          planId: requirement.planId,
          kind: 'periodic-report',
          title: requirement.title,
          titleEn: requirement.titleEn,
          period: period.labelVi,
          periodEn: period.labelEn,
          window: { from: period.windowFrom, to: period.windowTo },
          debtorId: agencyId,
          creditorId: requirement.receiverId,
          deadline,
          ladder: requirement.ladder,
        },
        dueOn,
        overdueAt,
        steps: this.stepsOf(requirement.ladder, { dueOn, overdueAt }, openedAt),
      },
    }));
  }

  private stepsOf(ladder: Ladder, deadline: { dueOn: Temporal.PlainDate; overdueAt: Temporal.Instant }, openedAt: Temporal.Instant) {
    return steps(ladder, deadline, openedAt, this.rules.calendar);
  }
}

/** Who owes on a day: the agency, or whoever took over when it ended; nobody when it ended without a successor. */
export function validAt(id: string, on: Temporal.PlainDate, agencies: ReadonlyMap<string, Reporter>): string | undefined {
  const seen = new Set<string>();
  for (
    let at = agencies.get(id);
    at !== undefined && !seen.has(at.id);
    at = at.successorId === null ? undefined : agencies.get(at.successorId)
  ) {
    seen.add(at.id);
    const ended = at.validTo !== null && Temporal.PlainDate.compare(at.validTo, on) < 0;
    if (!ended) return at.id;
  }
  return undefined;
}
