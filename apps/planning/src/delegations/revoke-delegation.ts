import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import { delegationChanged, DomainError, type PayloadOf, type ReplyOf, type revokeDelegation } from '#contracts';
import { mustBeSeen, Outbox, UnitOfWork, type Message } from '#messaging';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { DelegationRepository, eventOf, setOf } from './delegation.repository.js';

/** Somebody is back earlier than planned: mails that leave from now on go to them again. */
@Injectable()
export class RevokeDelegation {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly delegations: DelegationRepository,
    private readonly history: HistoryRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `delegation-not-found`, `changed-meanwhile`, `delegation-revoked`, `delegation-over` */
  execute(input: PayloadOf<typeof revokeDelegation>, message: Message): Promise<ReplyOf<typeof revokeDelegation>> {
    return this.work.once(message, async (tx) => {
      const one = await this.delegations.hold(tx, input.delegationId);
      mustBeSeen('delegation', { version: one.version, state: one.revokedAt ? 'revoked' : 'set' }, input.seenVersion);
      if (one.revokedAt) throw new DomainError('delegation-revoked', 'This delegation has been revoked already.');
      const at = this.clock.now();
      if (Temporal.PlainDate.compare(one.toOn, localDate(at)) < 0)
        throw new DomainError('delegation-over', `This delegation ended on ${one.toOn.toString()}; there is nothing to revoke.`);
      const revoked = await this.delegations.revoke(tx, one.id, message.actor, at);
      const detail = { contactId: one.contactId, toContactId: one.toContactId };
      await this.history.tell(tx, [{ subject: 'delegation', subjectId: one.id, at, what: 'revoked', reason: input.reason, detail }]);
      await this.outbox.publish(tx, delegationChanged, eventOf(revoked));
      return setOf(revoked);
    });
  }
}
