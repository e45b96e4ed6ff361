import { Injectable } from '@nestjs/common';
import type { agencyChanged, PayloadOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { RecipientRepository } from './recipient.repository.js';

/** Keeps the copy of an agency and its people: the newest version heard wins, whatever the order of arrival. */
@Injectable()
export class KeepRecipients {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly recipients: RecipientRepository,
  ) {}

  execute(event: PayloadOf<typeof agencyChanged>, message: Message): Promise<void> {
    return this.work.once(message, (tx) => this.recipients.keep(tx, event));
  }
}
