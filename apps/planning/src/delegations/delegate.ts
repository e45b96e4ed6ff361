import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import { delegationChanged, type delegate, type PayloadOf, type ReplyOf } from '#contracts';
import { Outbox, UnitOfWork, type Message } from '#messaging';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { stableId } from '../plans/stable-id.js';
import { mayStandIn, mustFit, mustLieAhead } from './delegation.js';
import { DelegationRepository, eventOf, setOf } from './delegation.repository.js';

/**
 * A contact is away and names who reads for them, or a clerk does so for the head. Who stands in is resolved when a mail leaves, not when it is
 * decided: a mail that waits over a weekend goes to whoever is there on Monday.
 */
@Injectable()
export class Delegate {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly delegations: DelegationRepository,
    private readonly history: HistoryRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `contact-not-found`, `delegate-to-oneself`, `contact-retired`, `other-agency`, `period-backwards`, `period-past`,
   * `delegation-overlaps`, `delegation-circle`, `delegation-chain-too-long`
   */
  execute(input: PayloadOf<typeof delegate>, message: Message): Promise<ReplyOf<typeof delegate>> {
    const { contactId, toContactId, reason } = input;
    const wanted = { contactId, toContactId, fromOn: Temporal.PlainDate.from(input.fromOn), toOn: Temporal.PlainDate.from(input.toOn) };
    return this.work.once(message, async (tx) => {
      const contact = await this.delegations.contact(tx, contactId);
      mayStandIn(contact, await this.delegations.contact(tx, toContactId));
      const at = this.clock.now();
      mustLieAhead(wanted, localDate(at));
      await this.delegations.lockAgency(tx, contact.agencyId);
      mustFit(wanted, await this.delegations.ahead(tx, contact.agencyId, wanted.fromOn));
      const id = stableId('delegation', message.id);
      const set = await this.delegations.add(tx, { ...wanted, id, reason, by: message.actor }, at);
      const detail = { contactId, toContactId, fromOn: input.fromOn, toOn: input.toOn };
      await this.history.tell(tx, [{ subject: 'delegation', subjectId: id, at, what: 'delegated', reason, detail }]);
      await this.outbox.publish(tx, delegationChanged, eventOf(set));
      return setOf(set);
    });
  }
}
