import { Controller } from '@nestjs/common';
import { agencyChanged, type PayloadOf } from '#contracts';
import { On, type Message } from '#messaging';
import { KeepRecipients } from './keep-recipients.js';

@Controller()
export class RecipientsConsumer {
  constructor(private readonly keeping: KeepRecipients) {}

  @On(agencyChanged)
  async changed(event: PayloadOf<typeof agencyChanged>, message: Message): Promise<undefined> {
    await this.keeping.execute(event, message);
  }
}
