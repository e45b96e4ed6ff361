import { Injectable } from '@nestjs/common';
import type { PayloadOf, personChanged } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { RecipientRepository } from './recipient.repository.js';

/** Keeps the copy of a person of no agency: the newest version heard wins, whatever the order of arrival. Who is forgotten is erased in the same transaction. */
@Injectable()
export class KeepPeople {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly recipients: RecipientRepository,
  ) {}

  execute(event: PayloadOf<typeof personChanged>, message: Message): Promise<void> {
    return this.work.once(message, (tx) => this.recipients.keepPerson(tx, event));
  }
}
