import { Controller } from '@nestjs/common';
import { Clock, localDate } from '#calendar';
import { delegate, listDelegations, revokeDelegation, type PayloadOf } from '#contracts';
import { On, pageOf, type Message } from '#messaging';
import { Delegate } from './delegate.js';
import { DelegationRepository } from './delegation.repository.js';
import { RevokeDelegation } from './revoke-delegation.js';

@Controller()
export class DelegationsConsumer {
  constructor(
    private readonly delegating: Delegate,
    private readonly revoking: RevokeDelegation,
    private readonly delegations: DelegationRepository,
    private readonly clock: Clock,
  ) {}

  @On(delegate)
  delegate(payload: PayloadOf<typeof delegate>, message: Message) {
    return this.delegating.execute(payload, message);
  }

  @On(revokeDelegation)
  revoke(payload: PayloadOf<typeof revokeDelegation>, message: Message) {
    return this.revoking.execute(payload, message);
  }

  @On(listDelegations)
  list(ask: PayloadOf<typeof listDelegations>) {
    const today = localDate(this.clock.now());
    return pageOf(
      ask,
      (limit, after) => this.delegations.list(ask, today, limit, after),
      (one) => one.delegationId,
    );
  }
}
