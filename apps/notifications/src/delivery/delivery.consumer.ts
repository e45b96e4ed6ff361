import { Controller } from '@nestjs/common';
import { obligationsSettled, sendMail, type PayloadOf } from '#contracts';
import { On, type Message } from '#messaging';
import { DeliverMail } from './deliver-mail.js';
import { KeepSettlements } from './keep-settlements.js';

@Controller()
export class DeliveryConsumer {
  constructor(
    private readonly delivering: DeliverMail,
    private readonly settlements: KeepSettlements,
  ) {}

  @On(sendMail)
  send(command: PayloadOf<typeof sendMail>, message: Message) {
    return this.delivering.execute(command, message);
  }

  @On(obligationsSettled)
  async settled(event: PayloadOf<typeof obligationsSettled>, message: Message): Promise<undefined> {
    await this.settlements.execute(event, message);
  }
}
