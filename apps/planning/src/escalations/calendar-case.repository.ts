import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../persistence/database.js';
import { EscalationRepository } from './escalation.repository.js';

/** Cases of years whose days off are wanted. One per year, ever: whoever resolves it by hand is not asked again. */
@Injectable()
export class CalendarCases {
  constructor(private readonly escalations: EscalationRepository) {}

  /** Years that have a case which is not resolved. */
  async open(tx: Tx): Promise<number[]> {
    const rows = await tx.escalation.findMany({
      where: { kind: 'calendar-missing', state: { not: 'resolved' } },
      select: { calendarYear: true },
      orderBy: { calendarYear: 'asc' },
    });
    return rows.flatMap(({ calendarYear }) => calendarYear ?? []);
  }

  /**
   * Raises the case of a year once. The calendar belongs to no plan, so it lies with the standing agency of the plan that ends last, which needs the
   * year first; plans that carry out others come after them. Without any plan nobody needs it.
   */
  async raise(tx: Tx, year: number, at: Temporal.Instant): Promise<void> {
    const plans = await tx.plan.findMany({
      orderBy: [{ parentId: { sort: 'asc', nulls: 'first' } }, { endsOn: 'desc' }, { documentNumber: 'asc' }],
      select: { standingAgencyId: true },
      take: 1,
    });
    const cases = plans.map(({ standingAgencyId }) => ({
      level: 'standing-agency' as const,
      agencyId: standingAgencyId,
      obligationId: null,
      contactId: null,
      calendarYear: year,
    }));
    await this.escalations.raise(tx, 'calendar-missing', cases, at);
  }

  async resolve(tx: Tx, years: readonly number[], at: Temporal.Instant): Promise<void> {
    await this.escalations.resolveWhere(tx, { kind: 'calendar-missing', calendarYear: { in: [...years] } }, 'calendar-decided', at);
  }
}
