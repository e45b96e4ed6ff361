import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { localDate, nominalDueDate, periodsBetween, plainToDate, resolveDeadline, type Deadline, type ReportingPeriod } from '#calendar';
import { AgencyRepository } from '../agencies/agency.repository.js';
import { lineAt, type Successive } from '../agencies/succession.js';
import type { OpenedObligation } from '../obligations/obligation.js';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import { withSteps } from '../obligations/open-obligations.js';
import type { Tx } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';
import { stableId } from '../plans/stable-id.js';
import { ReportRepository, reportKey } from './report.repository.js';
import { RequirementRepository, type Requirement } from './requirement.repository.js';

/** One report that somebody owes, before it is written. */
export interface OwedReport {
  readonly requirement: Requirement;
  readonly period: ReportingPeriod;
  readonly agencyId: string;
  readonly opened: OpenedObligation;
  /** What agencies that end before the due day were asked for, if that was before their end was known. */
  readonly insteadOf: readonly string[];
  /** False when the agency owes it only for those that it succeeds. */
  readonly own: boolean;
}

/**
 * Generates report instances ahead of each period, for every agency that owes one (Circular 08/2019/TT-BTP's model: the system makes them, nobody
 * has to ask). A period is opened when its data window opens. Idempotent, also when two do it at once: ids follow from requirement, agency and period.
 * What falls due after an agency's end is opened for its successor.
 */
@Injectable()
export class OpenReports {
  constructor(
    private readonly reports: ReportRepository,
    private readonly requirements: RequirementRepository,
    private readonly obligations: ObligationRepository,
    private readonly agencies: AgencyRepository,
    private readonly rules: RuleFiles,
  ) {}

  /** @returns how many reports were opened now. @throws CalendarYearMissingError */
  async openDue(tx: Tx, asOf: Temporal.Instant): Promise<number> {
    await this.reports.lockOpening(tx);
    const today = localDate(asOf);
    const requirements = await this.requirements.requirements(tx);
    const succession = await this.agencies.succession(tx);
    const all = requirements.flatMap((requirement) => this.owedUntil(requirement, succession, today, asOf));
    const owed = await this.notOwedOtherwise(tx, all);
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
    succession: ReadonlyMap<string, Successive>,
    openedAt: (period: ReportingPeriod) => Temporal.Instant,
  ): OwedReport[] {
    return periodsBetween(requirement.firstPeriod, requirement.lastPeriod).flatMap((period) =>
      this.owedFor(requirement, period, succession, openedAt(period)),
    );
  }

  /**
   * Without what an agency has already, its own or taken over, and without what an agency that it succeeds was asked for before the end was known:
   * that one passes on what it still owes on the day after its end, and what it handed in is not owed again.
   */
  private async notOwedOtherwise(tx: Tx, owed: readonly OwedReport[]): Promise<OwedReport[]> {
    const there = await this.reports.opened(
      tx,
      owed.map((one) => one.requirement.id),
    );
    const asked = await this.reports.notCancelled(
      tx,
      owed.flatMap((one) => (one.own ? [] : one.insteadOf)),
    );
    return owed.filter(
      ({ requirement, agencyId, period, own, insteadOf }) =>
        !there.has(reportKey(requirement.id, agencyId, period.key)) && (own || !insteadOf.some((id) => asked.has(id))),
    );
  }

  private owedUntil(
    requirement: Requirement,
    succession: ReadonlyMap<string, Successive>,
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
    succession: ReadonlyMap<string, Successive>,
    openedAt: Temporal.Instant,
  ): OwedReport[] {
    const deadline: Deadline = { ...requirement.dueRule, date: nominalDueDate(period, requirement.dueRule.dayOfLastMonth) };
    const { dueOn } = resolveDeadline(deadline, this.rules.calendar);
    const idOf = (agencyId: string): string => stableId('obligation', requirement.id, agencyId, period.key);
    const debtors = new Map<string, { own: boolean; before: string[] }>();
    for (const { debtor, before } of requirement.reporterIds.map((id) => lineAt(id, dueOn, succession))) {
      if (debtor === undefined) continue;
      const known = debtors.get(debtor) ?? { own: false, before: [] };
      debtors.set(debtor, { own: known.own || before.length === 0, before: [...known.before, ...before] });
    }
    return [...debtors].map(([agencyId, { own, before }]) => ({
      requirement,
      period,
      agencyId,
      own,
      insteadOf: before.map(idOf),
      opened: withSteps(
        {
          id: idOf(agencyId),
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
        openedAt,
        this.rules.calendar,
      ),
    }));
  }
}
