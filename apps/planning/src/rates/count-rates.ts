import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate, startOfDay } from '#calendar';
import { DomainError, type PayloadOf, type ReplyOf, type reportingRates } from '#contracts';
import { named, rated } from './reporting-rate.js';
import { ReportingRatesRepository } from './reporting-rates.repository.js';

type Asked = PayloadOf<typeof reportingRates>;

/**
 * How many reports of a plan were handed in, and handed in on time, of those that were expected. A day that is asked for counts to its end, today to
 * the moment of asking.
 */
@Injectable()
export class CountRates {
  constructor(
    private readonly rates: ReportingRatesRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `plan-not-found`, `agency-not-found`, `requirement-not-found`, `day-in-future`, `days-reversed` */
  async execute(asked: Asked): Promise<ReplyOf<typeof reportingRates>> {
    const asOf = lastInstant(asked.asOf, this.clock.now());
    const from = asked.from === undefined ? undefined : Temporal.PlainDate.from(asked.from);
    const to = asked.to === undefined ? undefined : Temporal.PlainDate.from(asked.to);
    if (from && to && Temporal.PlainDate.compare(from, to) > 0)
      throw new DomainError('days-reversed', `"from" ${from.toString()} is after "to" ${to.toString()}: exchange them.`);
    const documentNumber = await this.rates.subject(asked);
    const { planId, by, requirement, agency } = asked;
    const { rows, totals } = await this.rates.count({ planId, by, from, to, requirement, agency, asOf });
    return {
      planId,
      documentNumber,
      by,
      from: asked.from ?? null,
      to: asked.to ?? null,
      requirement: requirement ?? null,
      agency: agency ?? null,
      asOf: asOf.toString(),
      rows: rows.map(({ key, label, labelEn, kinds, ...counts }) => ({
        key,
        ...named(by, { key, label, labelEn }),
        kinds,
        ...rated(counts),
      })),
      totals: rated(totals),
    };
  }
}

/** @throws DomainError `day-in-future`: what has not happened cannot be counted */
function lastInstant(day: string | undefined, now: Temporal.Instant): Temporal.Instant {
  if (day === undefined) return now;
  const asked = Temporal.PlainDate.from(day);
  const today = localDate(now);
  const order = Temporal.PlainDate.compare(asked, today);
  if (order > 0) throw new DomainError('day-in-future', `"asOf" ${day} is yet to come; today is ${today.toString()}.`);
  return order === 0 ? now : startOfDay(asked.add({ days: 1 })).subtract({ milliseconds: 1 });
}
