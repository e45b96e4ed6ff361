import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { localDate, startOfDay } from '#calendar';
import { type forecastPlan, DomainError, type PayloadOf, type ReplyOf } from '#contracts';
import { forecast, type Rung } from '#ladder';
import { UnitOfWork } from '#messaging';
import { AgencyRepository } from '../agencies/agency.repository.js';
import type { Tx } from '../persistence/database.js';
import { OpenReports, type OwedReport } from '../reports/open-reports.js';
import { RequirementRepository } from '../reports/requirement.repository.js';
import { addressees, doing, type ContactRow, type Line } from './audience.js';
import { SweepRepository } from './sweep.repository.js';

type Forecast = ReplyOf<typeof forecastPlan>;

/** Every mail that a plan will send if nobody submits anything, before the plan starts: the ladder is pure, so it can simply be asked. */
@Injectable()
export class ForecastPlan {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly ledger: SweepRepository,
    private readonly requirements: RequirementRepository,
    private readonly opening: OpenReports,
    private readonly agencies: AgencyRepository,
  ) {}

  /** @throws DomainError `plan-not-found` */
  execute(input: PayloadOf<typeof forecastPlan>): Promise<Forecast> {
    return this.work.run(async (tx) => {
      const plan = (await this.ledger.plans(tx)).get(input.planId);
      if (!plan) throw new DomainError('plan-not-found', `There is no plan ${input.planId}.`);
      const succession = await this.agencies.succession(tx);
      const owed = (await this.requirements.requirements(tx, input.planId)).flatMap((requirement) =>
        this.opening.allOf(requirement, succession, (period) => startOfDay(period.windowFrom)),
      );
      const ids = [...new Set([...owed.map((one) => one.agencyId), plan.standingAgencyId, plan.cityOfficeId])];
      const agencies = await this.ledger.agencies(tx, ids);
      const contacts = await this.ledger.contacts(tx, ids);
      const mails = mailsOf(
        owed,
        contacts,
        (debtorId) => ({ debtorId, standingAgencyId: plan.standingAgencyId, cityOfficeId: plan.cityOfficeId }),
        (id) => agencies.get(id)?.code ?? '',
      );
      return { mails: mails.filter((mail) => within(mail.slot, input.from, input.to)) };
    });
  }
}

function mailsOf(
  owed: readonly OwedReport[],
  contacts: ReadonlyMap<string, ContactRow[]>,
  lineOf: (debtorId: string) => Line,
  codeOf: (id: string) => string,
): Forecast['mails'] {
  const byKey = new Map(owed.map((one) => [one.opened.obligation.id, one]));
  const people = new Map([...contacts.values()].flat().map((contact) => [contact.id, contact]));
  const recipientsOf = (key: string, rung: Rung): string[] => {
    const line = lineOf(byKey.get(key)?.agencyId ?? '');
    return [
      ...new Set(
        doing(rung, line).audiences.flatMap((audience) => addressees(audience, line, (id) => contacts.get(id) ?? [])?.contactIds ?? []),
      ),
    ];
  };
  const planned = forecast(
    owed.map((one) => ({ key: one.opened.obligation.id, steps: one.opened.steps })),
    recipientsOf,
  );
  return [...planned]
    .flatMap(([contactId, mails]) =>
      mails.map(({ slot, level, items }) => ({
        slot: slot.toString(),
        agency: codeOf(people.get(contactId)?.agencyId ?? ''),
        role: people.get(contactId)?.role ?? ('FOCAL' as const),
        level,
        items: items.flatMap(({ key, rung }) => {
          const one = byKey.get(key);
          return one
            ? [
                {
                  title: one.opened.obligation.title,
                  period: one.opened.obligation.period,
                  debtor: codeOf(one.agencyId),
                  rung: rung.code,
                  dueOn: one.opened.dueOn.toString(),
                },
              ]
            : [];
        }),
      })),
    )
    .sort((a, b) => (a.slot < b.slot ? -1 : a.slot > b.slot ? 1 : a.agency < b.agency ? -1 : 1));
}

function within(slot: string, from: string | undefined, to: string | undefined): boolean {
  const day = localDate(Temporal.Instant.from(slot)).toString();
  return (from === undefined || day >= from) && (to === undefined || day <= to);
}
