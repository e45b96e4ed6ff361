import { Controller } from '@nestjs/common';
import { agencyChanged, type PayloadOf } from '#contracts';
import { type Message, On } from '#messaging';
import { agencyOf } from './agency.js';
import { KeepAgency } from './keep-agency.js';

@Controller()
export class AgenciesConsumer {
  constructor(private readonly keepAgency: KeepAgency) {}

  @On(agencyChanged)
  async changed(event: PayloadOf<typeof agencyChanged>, message: Message): Promise<undefined> {
    await this.keepAgency.execute(agencyOf(event), message);
  }
}
