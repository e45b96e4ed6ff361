import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import { DomainError, type PayloadOf, type planInspection, type ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { AgencyRepository } from '../agencies/agency.repository.js';
import type { AgencyFacts } from '../agencies/succession.js';
import type { Tx } from '../persistence/database.js';
import { superiorOf } from './inspection.js';
import { InspectionRepository } from './inspection.repository.js';

/** A visit is planned: who looks at whom, and when (SEED-43). */
@Injectable()
export class PlanInspection {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly inspections: InspectionRepository,
    private readonly agencies: AgencyRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `plan-not-found`, `task-not-found`, `agency-not-found`, `agency-ended`, `inspects-itself`, `day-passed` */
  execute(input: PayloadOf<typeof planInspection>, message: Message): Promise<ReplyOf<typeof planInspection>> {
    return this.work.once(message, async (tx) => {
      const { planId, taskId = null } = input;
      const plan = await this.inspections.plan(tx, planId);
      if (taskId !== null) await this.inspections.mustHaveTask(tx, planId, taskId);
      const at = this.clock.now();
      const plannedOn = notPassed(Temporal.PlainDate.from(input.plannedOn), localDate(at));
      const agency = await this.agencies.find(tx, { code: input.agency });
      const lead = await this.agencies.find(tx, input.lead === undefined ? { id: superiorOf(agency.id, plan) } : { code: input.lead });
      for (const one of [agency, lead]) mustExistOn(plannedOn, one);
      if (agency.id === lead.id)
        throw new DomainError('inspects-itself', `${agency.code} cannot inspect itself. Leave "lead" out, or name another agency.`);
      // Made by this message, so its id is the inspection's.
      await this.inspections.create(tx, { id: message.id, planId, taskId, agencyId: agency.id, leadId: lead.id, plannedOn });
      const detail = { agency: agency.code, lead: lead.code, plannedOn: plannedOn.toString() };
      await this.inspections.tell(tx, message.id, at, 'planned', { detail });
      return { inspectionId: message.id, state: 'planned', version: 1 };
    });
  }
}

function notPassed(day: Temporal.PlainDate, today: Temporal.PlainDate): Temporal.PlainDate {
  if (Temporal.PlainDate.compare(day, today) >= 0) return day;
  throw new DomainError(
    'day-passed',
    `${day.toString()} is over. Plan it for today (${today.toString()}) or later; the day on which it was held is told with its result.`,
  );
}

function mustExistOn(day: Temporal.PlainDate, { code, validTo, successor }: AgencyFacts): void {
  if (!validTo || Temporal.PlainDate.compare(day, validTo) <= 0) return;
  throw new DomainError(
    'agency-ended',
    `${code} ends on ${validTo.toString()}${successor === null ? '' : `; ${successor} takes over from it`}. Name an agency that exists on ${day.toString()}.`,
    [{ agency: code, validTo: validTo.toString(), successor }],
  );
}
