import { Controller } from '@nestjs/common';
import { importNominations, type PayloadOf } from '#contracts';
import { On, type Message } from '#messaging';
import { ImportNominations } from './import-nominations.js';

@Controller()
export class NominationImportsConsumer {
  constructor(private readonly importing: ImportNominations) {}

  @On(importNominations)
  import(payload: PayloadOf<typeof importNominations>, message: Message) {
    return this.importing.execute(payload, message);
  }
}
