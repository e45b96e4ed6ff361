import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate, resolveDeadline } from '#calendar';
import { DomainError, type holdInspection, type PayloadOf, type ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import { OpenObligations } from '../obligations/open-obligations.js';
import type { Tx } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';
import { stableId } from '../plans/stable-id.js';
import { mustBePlanned, superiorOf, titleOf } from './inspection.js';
import { InspectionRepository } from './inspection.repository.js';

/** What a finding must be done by is read as reports are: "no later than", and a day off rolls forward. */
const deadlineOf = (due: string) => ({ word: 'NO_LATER_THAN', date: Temporal.PlainDate.from(due), roll: 'FORWARD' }) as const;

/** The visit took place. Each finding becomes an obligation of the inspected agency towards the standing agency, and is chased (SEED-43). */
@Injectable()
export class HoldInspection {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly inspections: InspectionRepository,
    private readonly opening: OpenObligations,
    private readonly rules: RuleFiles,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `inspection-not-found`, `changed-meanwhile`, `inspection-not-planned`, `day-in-future`, `deadline-passed` */
  execute(input: PayloadOf<typeof holdInspection>, message: Message): Promise<ReplyOf<typeof holdInspection>> {
    return this.work.once(message, async (tx) => {
      const inspection = await this.inspections.hold(tx, input.inspectionId);
      mustBeSeen('inspection', inspection, input.seenVersion);
      mustBePlanned(inspection);
      const at = this.clock.now();
      const heldOn = this.heldOn(input.heldOn, at);
      const findings = this.found(input, at);
      const { id: inspectionId, planId, taskId, agencyId: debtorId } = inspection;
      const ladder = await this.opening.ladder(tx, planId);
      await this.opening.execute(
        tx,
        findings.map((one) => ({
          id: one.obligationId,
          planId,
          taskId,
          kind: 'inspection-finding',
          ...titleOf(one.text, heldOn),
          window: null,
          debtorId,
          creditorId: superiorOf(debtorId, inspection),
          deadline: one.deadline,
          ladder,
        })),
        at,
      );
      await this.inspections.find(
        tx,
        findings.map(({ id, ordinal, text, remedy, obligationId }) => ({ id, inspectionId, ordinal, text, remedy, obligationId })),
      );
      const version = await this.inspections.move(tx, inspectionId, { state: 'held', heldOn, summary: input.summary });
      const detail = { heldOn: heldOn.toString(), findings: findings.length };
      await this.inspections.tell(tx, inspectionId, at, 'held', { detail });
      return {
        inspectionId,
        state: 'held',
        version,
        findings: findings.map(({ id, obligationId, dueOn }) => ({ findingId: id, obligationId, dueOn })),
      };
    });
  }

  private heldOn(stated: string | undefined, at: Temporal.Instant): Temporal.PlainDate {
    const today = localDate(at);
    const day = stated === undefined ? today : Temporal.PlainDate.from(stated);
    if (Temporal.PlainDate.compare(day, today) <= 0) return day;
    throw new DomainError(
      'day-in-future',
      `${day.toString()} is still to come; say the day on which it was held, today (${today.toString()}) at the latest.`,
    );
  }

  /** Findings with their ids and days; all that are over already are told at once. */
  private found({ inspectionId, findings }: PayloadOf<typeof holdInspection>, at: Temporal.Instant) {
    const found = findings.map((one, index) => {
      const deadline = deadlineOf(one.due);
      const { dueOn, overdueAt } = resolveDeadline(deadline, this.rules.calendar);
      const key = [inspectionId, String(index + 1)];
      return {
        ...one,
        id: stableId('finding', ...key),
        obligationId: stableId('obligation', 'finding', ...key),
        ordinal: index + 1,
        deadline,
        dueOn: dueOn.toString(),
        over: overdueAt.epochMilliseconds <= at.epochMilliseconds,
      };
    });
    const over = found.filter((one) => one.over);
    if (over.length === 0) return found;
    throw new DomainError(
      'deadline-passed',
      `The day of ${String(over.length)} findings is over already; give the agency a later one.`,
      over.map(({ ordinal, dueOn }) => ({ path: `findings.${String(ordinal - 1)}.due`, message: `${dueOn} is over` })),
    );
  }
}
