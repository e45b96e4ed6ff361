import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import { DomainError, type PayloadOf, type reassignObligation, type ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import { AgencyRepository } from '../agencies/agency.repository.js';
import type { AgencyFacts } from '../agencies/succession.js';
import type { Tx } from '../persistence/database.js';
import { HandOver, type Debt } from './hand-over.js';
import { mustBeOwed } from '../obligations/settle-obligation.js';

/** Another agency is made to owe a thing, by whoever may decide so: the same deadline, a ladder of its own, and nothing more for the old debtor. */
@Injectable()
export class ReassignObligation {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly handing: HandOver,
    private readonly agencies: AgencyRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `obligation-not-found`, `changed-meanwhile`, `obligation-settled`, `agency-not-found`, `agency-ended`, `agency-not-begun`,
   * `same-debtor`, `debtor-is-creditor`, `already-owed`
   */
  execute(input: PayloadOf<typeof reassignObligation>, message: Message): Promise<ReplyOf<typeof reassignObligation>> {
    return this.work.once(message, async (tx) => {
      const debt = await this.handing.hold(tx, input.obligationId);
      const { held } = debt;
      mustBeSeen('obligation', held, input.seenVersion);
      mustBeOwed(held);
      const at = this.clock.now();
      const to = await this.agencies.find(tx, { code: input.toAgency });
      mustBeThere(to, localDate(at));
      await this.mustBeAnother(tx, debt, to);
      const because = { reason: input.reason, decision: input.decision ?? null };
      const version = await this.handing.execute(tx, debt, to.id, because, at);
      return { obligationId: held.id, state: 'open', generation: held.generation + 1, dueOn: held.dueOn.toString(), version };
    });
  }

  private async mustBeAnother(tx: Tx, debt: Debt, to: AgencyFacts): Promise<void> {
    if (to.id === debt.held.debtorId) throw new DomainError('same-debtor', `${to.code} owes this already.`);
    if (to.id === debt.held.creditorId)
      throw new DomainError('debtor-is-creditor', `${to.code} is whom this is owed to, and nobody owes to themselves; waive it instead.`);
    if (await this.handing.owesTheSame(tx, to.id, debt))
      throw new DomainError('already-owed', `${to.code} has a report of its own for this requirement and period; waive this one instead.`);
  }
}

function mustBeThere(agency: AgencyFacts, today: Temporal.PlainDate): void {
  if (agency.validTo && Temporal.PlainDate.compare(agency.validTo, today) < 0) {
    const remedy = agency.successor === null ? 'it has no successor; choose another agency' : `its successor is ${agency.successor}`;
    throw new DomainError('agency-ended', `${agency.code} ended on ${agency.validTo.toString()}: ${remedy}.`, [
      { agency: agency.code, successor: agency.successor },
    ]);
  }
  if (Temporal.PlainDate.compare(agency.validFrom, today) > 0)
    throw new DomainError('agency-not-begun', `${agency.code} begins on ${agency.validFrom.toString()}; choose an agency that is there.`);
}
