import { Controller } from '@nestjs/common';
import { agencyChanged, delegationChanged, type PayloadOf } from '#contracts';
import { On, type Message } from '#messaging';
import { KeepDelegations } from './keep-delegations.js';
import { KeepRecipients } from './keep-recipients.js';

@Controller()
export class RecipientsConsumer {
  constructor(
    private readonly keeping: KeepRecipients,
    private readonly delegations: KeepDelegations,
  ) {}

  @On(agencyChanged)
  async changed(event: PayloadOf<typeof agencyChanged>, message: Message): Promise<undefined> {
    await this.keeping.execute(event, message);
  }

  @On(delegationChanged)
  async delegated(event: PayloadOf<typeof delegationChanged>, message: Message): Promise<undefined> {
    await this.delegations.execute(event, message);
  }
}
