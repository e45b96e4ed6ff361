import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { localDate, nominalDueDate, periodsBetween, plainToDate, resolveDeadline, type Deadline, type ReportingPeriod } from '#calendar';
import type { OpenedObligation } from '../obligations/obligation.js';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import { withSteps } from '../obligations/open-obligations.js';
import { SettleObligation } from '../obligations/settle-obligation.js';
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
  /** Obligations of agencies that end before the due day, which this one takes over, if they were opened before that was known. */
  readonly insteadOf: readonly string[];
  /** False when the agency owes it only for those that it succeeds. */
  readonly own: boolean;
}

/** As it stands in the history of what the ended agency owed. */
const PASSED = 'passed to the successor';

/**
 * Generates report instances ahead of each period, for every agency that owes one (Circular 08/2019/TT-BTP's model: the system makes them, nobody
 * has to ask). A period is opened when its data window opens. Idempotent, also when two do it at once: ids follow from requirement, agency and period.
 * What an agency owes beyond its end passes to its successor, unless it was handed in or waived before.
 */
@Injectable()
export class OpenReports {
  constructor(
    private readonly reports: ReportRepository,
    private readonly obligations: ObligationRepository,
    private readonly settling: SettleObligation,
    private readonly rules: RuleFiles,
  ) {}

  /** @returns how many reports were opened now. @throws CalendarYearMissingError */
  async openDue(tx: Tx, asOf: Temporal.Instant): Promise<number> {
    await this.reports.lockOpening(tx);
    const today = localDate(asOf);
    const requirements = await this.reports.requirements(tx);
    const succession = await this.reports.succession(tx);
    const all = requirements.flatMap((requirement) => this.owedUntil(requirement, succession, today, asOf));
    const owed = await this.takeOver(tx, all, asOf);
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

  /** Ends what passes to a successor. @returns what is owed, without what was settled before it passed */
  private async takeOver(tx: Tx, owed: readonly OwedReport[], at: Temporal.Instant): Promise<OwedReport[]> {
    const earlier = new Map(
      (
        await this.obligations.holdAll(
          tx,
          owed.flatMap((one) => one.insteadOf),
        )
      ).map((held) => [held.id, held]),
    );
    const left = owed.filter(({ own, insteadOf }) => {
      const states = insteadOf.map((id) => earlier.get(id)?.state).filter((state) => state !== undefined && state !== 'cancelled');
      return own || states.length === 0 || states.includes('open');
    });
    for (const id of new Set(left.flatMap((one) => one.insteadOf))) {
      const held = earlier.get(id);
      if (held?.state === 'open') await this.settling.close(tx, held, 'cancelled', PASSED, at);
    }
    return left;
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

/** Who owes on a day: the agency, or whoever took over when it ended; nobody when it ended without a successor. */
export function validAt(id: string, on: Temporal.PlainDate, agencies: ReadonlyMap<string, Reporter>): string | undefined {
  return lineAt(id, on, agencies).debtor;
}

/** Who owes on a day, and who had ended before. */
function lineAt(
  id: string,
  on: Temporal.PlainDate,
  agencies: ReadonlyMap<string, Reporter>,
): { debtor: string | undefined; before: readonly string[] } {
  const before = new Set<string>();
  for (
    let at = agencies.get(id);
    at !== undefined && !before.has(at.id);
    at = at.successorId === null ? undefined : agencies.get(at.successorId)
  ) {
    const ended = at.validTo !== null && Temporal.PlainDate.compare(at.validTo, on) < 0;
    if (!ended) return { debtor: at.id, before: [...before] };
    before.add(at.id);
  }
  return { debtor: undefined, before: [...before] };
}
