import { Controller } from '@nestjs/common';
import { agencyChanged, delegationChanged, personChanged, type PayloadOf } from '#contracts';
import { On, type Message } from '#messaging';
import { KeepDelegations } from './keep-delegations.js';
import { KeepPeople } from './keep-people.js';
import { KeepRecipients } from './keep-recipients.js';

@Controller()
export class RecipientsConsumer {
  constructor(
    private readonly keeping: KeepRecipients,
    private readonly delegations: KeepDelegations,
    private readonly people: KeepPeople,
  ) {}

  @On(agencyChanged)
  async changed(event: PayloadOf<typeof agencyChanged>, message: Message): Promise<undefined> {
    await this.keeping.execute(event, message);
  }

  @On(delegationChanged)
  async delegated(event: PayloadOf<typeof delegationChanged>, message: Message): Promise<undefined> {
    await this.delegations.execute(event, message);
  }

  @On(personChanged)
  async personChanged(event: PayloadOf<typeof personChanged>, message: Message): Promise<undefined> {
    await this.people.execute(event, message);
  }
}
