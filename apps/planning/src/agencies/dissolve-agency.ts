import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import { agencyChanged, type dissolveAgency, type PayloadOf, type ReplyOf } from '#contracts';
import { mustBeSeen, Outbox, UnitOfWork, type Message } from '#messaging';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { AgencyRepository } from './agency.repository.js';
import { PassOn } from './pass-on.js';
import { mayEnd, maySucceed } from './succession.js';

/**
 * A decision ends an agency. A plan file that says nothing of the end does not undo it. What it owes passes on in the night after its last day, or at
 * once when that day is over.
 */
@Injectable()
export class DissolveAgency {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly agencies: AgencyRepository,
    private readonly passing: PassOn,
    private readonly history: HistoryRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `agency-not-found`, `changed-meanwhile`, `ends-before-it-begins`, `agency-ended`, `succession-circle`, `successor-ended`,
   * `successor-not-begun`
   */
  execute(input: PayloadOf<typeof dissolveAgency>, message: Message): Promise<ReplyOf<typeof dissolveAgency>> {
    const endsOn = Temporal.PlainDate.from(input.endsOn);
    return this.work.once(message, async (tx) => {
      await this.agencies.lockSuccession(tx);
      const agency = await this.agencies.find(tx, { code: input.agency });
      const state = agency.validTo === null ? 'there' : `ending on ${agency.validTo.toString()}`;
      mustBeSeen('agency', { version: agency.version, state }, input.seenVersion);
      const successor = input.successor === undefined ? null : await this.agencies.find(tx, { code: input.successor });
      const at = this.clock.now();
      mayEnd(agency, endsOn, successor, localDate(at));
      if (successor) maySucceed(agency, endsOn, successor, await this.agencies.succession(tx));
      const event = await this.agencies.end(tx, agency.id, { endsOn, successorId: successor?.id ?? null, decision: input.decision });
      const detail = { endsOn: input.endsOn, successorId: successor?.id ?? null, decision: input.decision };
      await this.history.tell(tx, [{ subject: 'agency', subjectId: agency.id, at, what: 'dissolved', detail }]);
      await this.outbox.publish(tx, agencyChanged, event);
      const passedOn = await this.passing.pass(tx, at);
      return {
        agencyId: agency.id,
        agency: agency.code,
        endsOn: input.endsOn,
        successor: successor?.code ?? null,
        passedOn,
        version: event.version,
      };
    });
  }
}
